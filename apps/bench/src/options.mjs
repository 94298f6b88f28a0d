import { parseArgs } from 'node:util';

/**
 * `--sizes 30,150`: sizes in MiB.
 *
 * @param {readonly string[]} commandLine
 * @param {{ sizes: string }} defaults
 * @returns {number[]}
 */
export function readSizes(commandLine, { sizes: byDefault }) {
  const { values } = parseArgs({
    args: [...commandLine],
    options: { sizes: { type: 'string', default: byDefault } },
  });
  const sizes = values.sizes.split(',').map(Number);
  if (sizes.every((size) => size >= 5)) return sizes;
  throw new Error(
    `--sizes must be MiB of 5 or more, parted by commas: ${values.sizes}. Give for example --sizes 30,150.`,
  );
}
