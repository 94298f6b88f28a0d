/** churn.mjs <subject> [cycles]: starts and stops it 10,000 times and reads what is left in the process at several points. */
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { report } from './report.mjs';

const WARM_UP = 5_000;
const CYCLES = Number(process.argv[3] ?? 10_000);
const POINTS = 10;

const SUBJECTS = {
  async trackMemory() {
    const { trackMemory } = await import('@memx/core');
    return () => trackMemory(() => 1, { intervalMs: 10 })();
  },
  async MemoryContext() {
    const { MemoryContext } = await import('@memx/core');
    return () => new MemoryContext({ label: 'churn', intervalMs: 10 })[Symbol.dispose]();
  },
  async AsyncMemoryContext() {
    const { AsyncMemoryContext } = await import('@memx/core');
    return () => new AsyncMemoryContext({ label: 'churn', intervalMs: 10 })[Symbol.asyncDispose]();
  },
  async AdvancedMemoryProfiler() {
    const { AdvancedMemoryProfiler } = await import('@memx/advanced');
    return () => new AdvancedMemoryProfiler()[Symbol.dispose]();
  },
};

const cycle = await SUBJECTS[process.argv[2]]();
await repeat(WARM_UP); // V8 compiles and recompiles for thousands of calls, and memx starts its one thread
const points = [await readFloor(0)];
for (let point = 1; point <= POINTS; point++) {
  await repeat(CYCLES / POINTS);
  points.push(await readFloor((CYCLES / POINTS) * point));
}
report(points);

async function repeat(times) {
  for (let done = 0; done < times; done++) await cycle();
}

/** What is left when everything that can be collected has been: a collection, a pause for finalizers, and again. */
async function readFloor(cycles) {
  for (let round = 0; round < 3; round++) {
    globalThis.gc();
    await sleep(50);
  }
  globalThis.gc();
  const { heapUsed: heapUsedBytes, rss: rssBytes } = process.memoryUsage();
  return {
    cycles,
    heapUsedBytes,
    rssBytes,
    resources: process.getActiveResourcesInfo().length,
    listeners: process.eventNames().reduce((sum, event) => sum + process.listenerCount(event), 0),
    threads: process.platform === 'linux' ? readdirSync('/proc/self/task').length : 0,
  };
}
