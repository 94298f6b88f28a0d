import { appendRow } from './sample-rows.js';
import {
  BOOTING,
  ENDED,
  PLANNED,
  RUNNING,
  type SamplerMemory,
  SLOTS_USED,
  STATE,
  slotInterval,
  slotThread,
  WAKE,
} from './sampler-memory.js';

/** What the loop needs from the world. */
export interface SamplingWorld {
  readRssBytes(): number;
  /** False once the thread that holds a slot has ended without freeing it. */
  threadIsAlive(thread: number): boolean;
}

const BETWEEN_CHECKS_MS = 1000;

/**
 * Samples at the shortest interval that any slot wants, and sleeps while none wants any, until the state is ENDED.
 *
 * Every wake-up finds cold caches: a call of performance.now() or a system call takes ten times what it does in a hot
 * loop, so that there is one of each.
 */
export function runSamplingLoop(memory: SamplerMemory, world: SamplingWorld): void {
  const { words } = memory;
  let dueMs = 0;
  let checkMs = 0;
  Atomics.compareExchange(words, STATE, BOOTING, RUNNING);
  for (;;) {
    const seen = Atomics.load(words, WAKE);
    if (Atomics.load(words, STATE) === ENDED) return;
    const intervalMs = planInterval(words);
    if (intervalMs === 0) {
      Atomics.wait(words, WAKE, seen);
      continue;
    }
    const rssBytes = world.readRssBytes();
    const nowMs = performance.now();
    appendRow(memory, nowMs, rssBytes);
    if (nowMs >= checkMs) {
      checkMs = nowMs + BETWEEN_CHECKS_MS;
      freeSlotsOfTheDead(words, world);
    }
    // On the beat as long as that can be kept; what was missed is not made up for.
    dueMs += intervalMs;
    if (dueMs <= nowMs || dueMs > nowMs + intervalMs) dueMs = nowMs + intervalMs;
    Atomics.wait(words, WAKE, seen, dueMs - nowMs);
  }
}

/**
 * Publishes the interval before going by it. A thread writes its slot and then reads PLANNED; this writes PLANNED and
 * then reads the slots again: whichever comes first, one of the two sees the other, and no wish is slept through.
 */
function planInterval(words: Int32Array): number {
  for (;;) {
    const shortest = shortestInterval(words);
    Atomics.store(words, PLANNED, shortest);
    if (shortestInterval(words) === shortest) return shortest / 10;
  }
}

function shortestInterval(words: Int32Array): number {
  let shortest = 0;
  for (let slot = Atomics.load(words, SLOTS_USED) - 1; slot >= 0; slot--) {
    const wanted = Atomics.load(words, slotInterval(slot));
    if (wanted !== 0 && (shortest === 0 || wanted < shortest)) shortest = wanted;
  }
  return shortest;
}

function freeSlotsOfTheDead(words: Int32Array, world: SamplingWorld): void {
  for (let slot = Atomics.load(words, SLOTS_USED) - 1; slot >= 0; slot--) {
    const thread = Atomics.load(words, slotThread(slot));
    if (thread === 0 || world.threadIsAlive(thread)) continue;
    Atomics.store(words, slotThread(slot), 0);
    Atomics.store(words, slotInterval(slot), 0);
  }
}
