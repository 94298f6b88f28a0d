/**
 * What memx adds to a program's CPU time: the same work with and without it, alternately, in processes of their own.
 * The time is that of all threads of the program's process, so memx's own thread counts.
 */
import { fileURLToPath } from 'node:url';
import { alternate, median, middleHalf } from '../src/alternate.mjs';
import { measureInChild } from '../src/child.mjs';
import { printFigure } from '../src/print.mjs';

const PAIRS = 16;
const memxBin = fileURLToPath(new URL('bin/memx.mjs', import.meta.resolve('memx/package.json')));

export async function bench() {
  await compare('trackMemory at 10 ms', '≤ 1.01', { arguments: ['tracked'] });
  await compare('memx run', '', { through: [memxBin, 'run'] });
  await compare('memx check', '', { through: [memxBin, 'check'] });
}

async function compare(label, target, options) {
  const plain = () => measureInChild('overhead.mjs');
  const runs = await alternate(PAIRS, plain, () => measureInChild('overhead.mjs', options));
  const ratios = runs.map(({ plain, subject }) => subject.cpuMs / plain.cpuMs);
  const [low, high] = middleHalf(ratios);
  const spread = `middle half ${low.toFixed(3)} … ${high.toFixed(3)}, ${PAIRS} pairs`;
  printFigure(`CPU ratio under ${label}`, `${median(ratios).toFixed(4)} (${spread})`, target);
  const cpuMs = median(runs.map(({ plain }) => plain.cpuMs));
  printFigure('  CPU time without it', `${cpuMs.toFixed(0)} ms`);
}
