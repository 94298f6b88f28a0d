import { availableParallelism, cpus, release, totalmem } from 'node:os';

export const MIB = 1024 * 1024;

/** A figure means nothing without the machine and the command that gave it. */
export function printHeading(name) {
  const memoryGib = Math.round(totalmem() / 1024 ** 3);
  console.log(`\n# ${name}`);
  console.log(`  pnpm bench ${name}`);
  console.log(`  Node ${process.version}, ${process.platform} ${process.arch} ${release()}`);
  console.log(
    `  ${cpus()[0]?.model.trim() || 'unknown CPU'}, ${availableParallelism()} cores, ${memoryGib} GiB\n`,
  );
}

/** One line: what was measured, the figure, and what it should be. */
export function printFigure(label, value, target = '') {
  console.log(`  ${label.padEnd(52)} ${value}${target && `   (target ${target})`}`);
}
