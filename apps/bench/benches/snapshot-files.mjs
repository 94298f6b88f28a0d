/**
 * Makes the heap snapshots that the other snapshot benches read, and prints where they are: a service's data, written by
 * V8. `--sizes 30,150` in MiB of the file.
 */
import { parseArgs } from 'node:util';
import { readSizes } from '../src/options.mjs';
import { printFigure } from '../src/print.mjs';
import { fitsInMemory, generateSnapshot } from '../src/snapshot/generate-snapshot.mjs';

export async function bench(commandLine) {
  const sizes = { type: 'string', default: '30,150' };
  const { values } = parseArgs({ args: [...commandLine], options: { sizes } });
  for (const asked of readSizes(values.sizes)) {
    if (!fitsInMemory(asked)) printFigure(`${asked} MiB`, 'left out: needs 6 times that in free memory');
    else {
      const { path, sizeMib } = await generateSnapshot(asked);
      printFigure(path, `${sizeMib.toFixed(1)} MiB`);
    }
  }
}
