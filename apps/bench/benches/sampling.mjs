/** What trackMemory sees while the tracked thread is busy, and what a tracked call waits for it. */
import { median } from '../src/alternate.mjs';
import { measureInChild } from '../src/child.mjs';
import { printFigure } from '../src/print.mjs';

const RUNS = 5;

export async function bench() {
  const loop = await measure('loop', 'samples');
  printFigure('samples of a 1 s synchronous loop at 10 ms', loop, '≥ 80');
  const burst = await measure('burst', 'errorPercent');
  printFigure('peak of 500 MiB held for 30 ms, error', `${burst.toFixed(2)} %`, 'within ±5 %');
  const latency = await measure('latency', 'addedMs');
  printFigure('added to a 1 ms function at intervalMs 1000', `${latency.toFixed(3)} ms`, '≤ 2 ms');
  const threads = await measure('threads', 'threads');
  printFigure('threads added by 50 tracked calls at once', threads, '1');
}

/** The median over several processes. */
async function measure(name, figure) {
  const values = [];
  for (let run = 0; run < RUNS; run++) {
    const measured = await measureInChild('sampling.mjs', {
      arguments: [name],
      nodeOptions: ['--expose-gc'],
    });
    values.push(measured[figure]);
  }
  return median(values);
}
