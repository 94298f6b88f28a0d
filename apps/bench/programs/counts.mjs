/**
 * counts.mjs counted: what countAllocations says of each program. counts.mjs grown: by how much the heap grows in so many
 * calls, where no collection comes between (run it with a young generation that holds them all).
 */
import { PerformanceObserver } from 'node:perf_hooks';
import { countAllocations } from '@memx/advanced';
import { COUNTED } from '../src/counted-programs.mjs';
import { report } from './report.mjs';

/** Less than half of the young generation that the bench asks for. */
const GROWN_BYTES = 24 * 1024 * 1024;
const READINGS = 9;
const WARM_UP_ROUNDS = 4;
const WARM_UP_CALLS = 20_000;

const latest = { result: 0.5 }; // begun with two kinds of value, so that a stored number is not boxed a second time
latest.result = latest;

const measure = process.argv[2] === 'grown' ? grownBytesPerCall : countedBytesPerCall;
const measured = {};
for (const [name, { fn, bytes }] of Object.entries(COUNTED)) {
  if (measure === grownBytesPerCall && bytes !== null) continue; // the unused ends of pages would count
  measured[name] = await measure(fn);
}
report(measured);

async function countedBytesPerCall(fn) {
  return (await countAllocations(fn)).bytesPerCall;
}

async function grownBytesPerCall(fn) {
  const isAsync = fn() instanceof Promise;
  const call = isAsync ? callInTurn : callRepeatedly;
  const settled = Promise.resolve();
  const idle = isAsync ? () => settled : () => undefined;
  for (let round = 0; round < WARM_UP_ROUNDS; round++) {
    await call(fn, WARM_UP_CALLS);
    await call(idle, WARM_UP_CALLS);
  }
  const roughBytes = await grownBy(() => call(fn, 1_000));
  const calls = Math.round(GROWN_BYTES / (roughBytes / 1_000));
  return ((await leastGrowth(() => call(fn, calls))) - (await leastGrowth(() => call(idle, calls)))) / calls;
}

/** What V8 allocates for itself meanwhile only adds. */
async function leastGrowth(work) {
  let leastBytes = Number.POSITIVE_INFINITY;
  for (let reading = 0; reading < READINGS; reading++) leastBytes = Math.min(leastBytes, await grownBy(work));
  return leastBytes;
}

/** Begins with an empty young generation, and does it again when a collection came. */
async function grownBy(work) {
  const reading = new Float64Array(2);
  for (;;) {
    globalThis.gc();
    const collections = new PerformanceObserver(() => {});
    collections.observe({ entryTypes: ['gc'] });
    reading[0] = process.memoryUsage().heapUsed;
    const done = work();
    if (done) await done;
    reading[1] = process.memoryUsage().heapUsed;
    await new Promise(setImmediate);
    const seen = collections.takeRecords().length;
    collections.disconnect();
    if (seen === 0) return reading[1] - reading[0];
  }
}

function callRepeatedly(fn, count) {
  for (let call = 0; call < count; call++) latest.result = fn();
}

async function callInTurn(fn, count) {
  for (let call = 0; call < count; call++) latest.result = await fn();
}
