/**
 * Does anything that a program holds get through `redactSnapshot`? Plants 1,000 and more secrets as strings, keys, numbers,
 * names, patterns and messages, and counts those left at each level; then the memory that redacting takes, by the size of
 * the file (`--sizes 30,150` in MiB). Sets exit code 1 when a secret is left.
 */
import { parseArgs } from 'node:util';
import { measureInChild } from '../src/child.mjs';
import { readSizes } from '../src/options.mjs';
import { MIB, printFigure } from '../src/print.mjs';
import { generateSnapshot } from '../src/snapshot/generate-snapshot.mjs';

export async function bench(commandLine) {
  const sizes = { type: 'string', default: '30,150' };
  const { values } = parseArgs({ args: [...commandLine], options: { sizes } });
  for (const level of ['names', 'basic', 'full']) {
    const { planted, found, left } = await measureInChild('snapshot-secrets.mjs', { arguments: [level] });
    printFigure(`${level}: secrets left, of ${planted} (${found} in the original)`, left, '0');
    if (left > 0 || found < planted) process.exitCode = 1;
  }
  for (const size of readSizes(values.sizes)) {
    const { path, sizeMib } = await generateSnapshot(size);
    const { peakBytes, baseBytes, cpuMs } = await measureInChild('snapshot-redact.mjs', {
      arguments: [path],
    });
    printFigure(
      `redact ${Math.round(sizeMib)} MiB`,
      `${(cpuMs / 1e3).toFixed(1)} s of CPU, ${Math.round(peakBytes / MIB)} MiB of resident memory at most, of which ${Math.round(baseBytes / MIB)} before it began`,
    );
  }
}
