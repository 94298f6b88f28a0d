/**
 * Makes the heap snapshots that the other snapshot benches read, and prints where they are: a service's data, written by
 * V8. `--sizes 30,150` in MiB of the file.
 */
import { readSizes } from '../src/options.mjs';
import { printFigure } from '../src/print.mjs';
import { fitsInMemory, generateSnapshot } from '../src/snapshot/generate-snapshot.mjs';

export async function bench(commandLine) {
  for (const asked of readSizes(commandLine, { sizes: '30,150' })) {
    if (!fitsInMemory(asked)) printFigure(`${asked} MiB`, 'left out: needs 6 times that in free memory');
    else {
      const { path, sizeMib } = await generateSnapshot(asked);
      printFigure(path, `${sizeMib.toFixed(1)} MiB`);
    }
  }
}
