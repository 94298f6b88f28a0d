/**
 * What memx adds to a program's CPU time: the same work with and without it, in turn. The time is that of all threads of
 * the program's process, so memx's own thread counts. A sample costs a thread's wake-up whatever the program does, so on a
 * machine that is busy with other things, where the work takes longer, the ratio rises.
 */
import { fileURLToPath } from 'node:url';
import { alternate, median, middleHalf } from '../src/alternate.mjs';
import { measureInChild } from '../src/child.mjs';
import { printFigure } from '../src/print.mjs';

const memxBin = fileURLToPath(new URL('bin/memx.mjs', import.meta.resolve('memx/package.json')));
const PROCESSES = 5;
const PAIRS = 12;

export async function bench() {
  const tracked = [];
  for (let run = 0; run < PROCESSES; run++) tracked.push(...(await measureInChild('cpu-of-tracking.mjs')));
  printRatio('CPU ratio under trackMemory at 10 ms', tracked, '≤ 1.01');
  const started = await inTurn('cpu-of-starting.mjs', { arguments: ['tracked'] });
  const startMs = median(started.map(({ plain, subject }) => subject.cpuMs - plain.cpuMs));
  printFigure('  and once per process, to start its thread', `${startMs.toFixed(0)} ms of CPU`);
  for (const command of ['run', 'check']) {
    const runs = await inTurn('cpu-of-work.mjs', { through: [memxBin, command] });
    printRatio(`CPU ratio under memx ${command}`, runs, '');
  }
}

/** In processes of their own. */
function inTurn(program, options) {
  return alternate(
    PAIRS,
    () => measureInChild(program),
    () => measureInChild(program, options),
  );
}

function printRatio(label, runs, target) {
  const ratios = runs.map(({ plain, subject }) => subject.cpuMs / plain.cpuMs);
  const [low, high] = middleHalf(ratios).map((ratio) => ratio.toFixed(3));
  const spread = `middle half ${low} … ${high}, ${runs.length} pairs`;
  printFigure(label, `${median(ratios).toFixed(4)} (${spread})`, target);
}
