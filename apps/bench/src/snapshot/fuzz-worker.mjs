/** Feeds broken snapshots to all that reads snapshots, one after another, and tells the watchdog which one it is at. */
import { parentPort, workerData } from 'node:worker_threads';
import { MemxError } from '@memx/core';
import { makeSeeds } from './fuzz-seeds.mjs';
import { mutateSnapshot } from './mutate-snapshot.mjs';
import { Random } from './random.mjs';
import { watchAllocations } from './watch-allocations.mjs';

/** Inputs are below 0.2 MiB. A reader's own buffers are a few MiB, whatever it reads. */
const MOST_BYTES = 64 * 1024 * 1024;

const { seed, from, to, at: current, targets } = workerData;
const { FUZZ_TARGETS, MAY_RESERVE = new Set() } = await import(targets);
const at = new Int32Array(current);
const seeds = makeSeeds();
const allocations = watchAllocations();
const outcomes = {};

for (let input = from; input < to; input++) {
  Atomics.store(at, 0, input);
  const { bytes, changes } = mutateSnapshot(seeds, new Random(seed * 1_000_003 + input));
  for (const [target, run] of Object.entries(FUZZ_TARGETS)) {
    const outcome = await judge(() => run(bytes, new Random(input)), MAY_RESERVE.has(target));
    outcomes[outcome.kind] = (outcomes[outcome.kind] ?? 0) + 1;
    if (outcome.problem)
      parentPort.postMessage({ failure: { input, target, changes, problem: outcome.problem } });
  }
}
Atomics.store(at, 0, to);
parentPort.postMessage({ outcomes });

/** A value, or an error of memx: both are right, because some changes leave a snapshot sound. */
async function judge(run, mayReserve) {
  allocations.takeBytes();
  const residentBefore = process.memoryUsage.rss();
  const outcome = await settle(run);
  const asked = allocations.takeBytes();
  if (asked <= MOST_BYTES || outcome.problem) return outcome;
  const taken = mayReserve ? process.memoryUsage.rss() - residentBefore : asked;
  return taken <= MOST_BYTES
    ? outcome
    : { kind: 'failure', problem: `it asked for ${taken} bytes of memory` };
}

async function settle(run) {
  try {
    await run();
    return { kind: 'value' };
  } catch (error) {
    if (error instanceof MemxError) return { kind: error.code };
    return { kind: 'failure', problem: error?.stack ?? String(error) };
  }
}
