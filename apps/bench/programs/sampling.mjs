/** sampling.mjs <case>: how well, and how cheaply, trackMemory sees what happens while this thread is busy. */
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { trackMemory } from '@memx/core';
import { report } from './report.mjs';

const MIB = 1024 * 1024;

const CASES = {
  /** How many samples a second of synchronous work gets. */
  async loop() {
    const { memoryUsage } = trackMemory(spin, { intervalMs: 10 })(1000);
    return { samples: memoryUsage.length };
  },

  /** How far the peak is from 500 MiB that are touched, held for 30 ms and let go. */
  async burst() {
    await settle();
    const { memoryUsage } = trackMemory(touchAndRelease, { intervalMs: 10 })(500 * MIB, 30);
    const seenBytes = memoryUsage.peak.rssBytes - memoryUsage.start.rssBytes;
    return { errorPercent: (seenBytes / (500 * MIB) - 1) * 100 };
  },

  /** What a function of 1 ms takes longer when it is tracked at an interval of a second: median of 50 calls. */
  async latency() {
    const tracked = trackMemory(spin, { intervalMs: 1000 });
    tracked(1); // starts the shared thread
    const added = Array.from({ length: 50 }, () => {
      const startedAt = performance.now();
      tracked(1);
      return performance.now() - startedAt - 1;
    });
    return { addedMs: added.sort((a, b) => a - b)[25] };
  },

  /** How many threads 50 tracked calls at once add to the process. */
  async threads() {
    const before = countThreads();
    const tracked = trackMemory((ms) => sleep(ms), { intervalMs: 10 });
    const calls = Array.from({ length: 50 }, () => tracked(300));
    await sleep(200);
    const threads = countThreads() - before;
    await Promise.all(calls);
    return { threads };
  },
};

report(await CASES[process.argv[2]]());

function spin(ms) {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

function touchAndRelease(bytes, ms) {
  let burst = new Uint8Array(bytes).fill(1);
  spin(ms);
  const last = burst.at(-1);
  burst = undefined;
  globalThis.gc();
  return last;
}

/** Lets the process finish what starting left behind, so that the burst is all that happens. */
async function settle() {
  trackMemory(() => 1, { intervalMs: 10 })();
  globalThis.gc();
  await sleep(300);
}

function countThreads() {
  return process.platform === 'linux' ? readdirSync('/proc/self/task').length : Number.NaN;
}
