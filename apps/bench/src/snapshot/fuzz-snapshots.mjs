import { Worker } from 'node:worker_threads';

/** No input takes 0.1 s. On a busy machine a thread may stand still for seconds. */
const HANG_MS = 20_000;
const TARGETS = new URL('fuzz-targets.mjs', import.meta.url);
const LOOK_MS = 250;
const HEAP_LIMIT = { maxOldGenerationSizeMb: 512 };

/**
 * Broken snapshots against all that reads snapshots, in a thread of its own under a watchdog, which goes on behind an input
 * that hangs or kills the thread.
 *
 * @param {{ seed: number, from: number, to: number, onProgress?: (done: number) => void, targets?: URL, hangMs?: number }} options
 *   inputs `from` to below `to`; an input depends on `seed` and its number alone
 * @returns {Promise<{ outcomes: Record<string, number>, failures: { input: number, target: string, problem: string }[] }>}
 */
export async function fuzzSnapshots({
  seed,
  from,
  to,
  onProgress = () => {},
  targets = TARGETS,
  hangMs = HANG_MS,
}) {
  const outcomes = {};
  const failures = [];
  for (let next = from; next < to; ) {
    const ended = await runUntilItEnds({ seed, from: next, to, onProgress, targets, hangMs, failures });
    for (const [kind, count] of Object.entries(ended.outcomes))
      outcomes[kind] = (outcomes[kind] ?? 0) + count;
    next = ended.next;
  }
  return { outcomes, failures };
}

function runUntilItEnds({ seed, from, to, onProgress, targets, hangMs, failures }) {
  const current = new SharedArrayBuffer(4);
  const at = new Int32Array(current);
  at[0] = from;
  const worker = new Worker(new URL('fuzz-worker.mjs', import.meta.url), {
    workerData: { seed, from, to, at: current, targets: targets.href },
    resourceLimits: HEAP_LIMIT,
  });
  return new Promise((resolve) => {
    let outcomes = {};
    const fail = (problem) => failures.push({ input: at[0], target: 'the thread', problem });
    const stopWatching = watch(at, onProgress, hangMs, () => {
      fail(`still at it after ${hangMs} ms`);
      worker.terminate();
    });
    worker.on('message', (message) => {
      if (message.failure) failures.push(message.failure);
      else outcomes = message.outcomes;
    });
    worker.on('error', (error) => fail(error.stack ?? String(error)));
    worker.on('exit', () => {
      stopWatching();
      resolve({ outcomes, next: at[0] === to ? to : at[0] + 1 });
    });
  });
}

/** Calls `onHang` once the number in `at` has stood still for too long. */
function watch(at, onProgress, hangMs, onHang) {
  let seen = at[0];
  let movedAt = performance.now();
  const timer = setInterval(() => {
    if (Atomics.load(at, 0) === seen) {
      if (performance.now() - movedAt > hangMs) onHang();
      return;
    }
    seen = Atomics.load(at, 0);
    movedAt = performance.now();
    onProgress(seen);
  }, LOOK_MS);
  return () => clearInterval(timer);
}
