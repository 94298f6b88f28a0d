import {
  PLANNED,
  type SamplerMemory,
  SLOTS,
  SLOTS_USED,
  slotInterval,
  slotThread,
  toTenths,
  WAKE,
} from './sampler-memory.js';

/** One thread's wishes to the sampling thread; at most one slot a thread, held only while it tracks. */
export interface SamplerSlot {
  /** Asks for rows at least so often, and for those since `sinceMs` to be kept. Never waits. */
  want(intervalMs: number, sinceMs: number): void;
  /** Wants nothing any more. */
  free(): void;
}

/** @param thread the kernel's number of this thread, when it may be terminated without notice; else 0 */
export function createSamplerSlot({ words, starts }: SamplerMemory, thread: number): SamplerSlot {
  let held = -1;
  return {
    want(intervalMs, sinceMs) {
      const wanted = toTenths(intervalMs);
      if (held < 0) held = claimSlot(words, wanted);
      if (held < 0) return;
      starts[held] = sinceMs;
      Atomics.store(words, slotInterval(held), wanted);
      Atomics.store(words, slotThread(held), thread);
      wakeIfAsleep(words, wanted);
    },
    free() {
      if (held < 0) return;
      Atomics.store(words, slotThread(held), 0);
      Atomics.store(words, slotInterval(held), 0);
      held = -1;
    },
  };
}

function claimSlot(words: Int32Array, wanted: number): number {
  for (let slot = 0; slot < SLOTS; slot++) {
    if (Atomics.compareExchange(words, slotInterval(slot), 0, wanted) !== 0) continue;
    let used = Atomics.load(words, SLOTS_USED);
    while (used <= slot) used = Atomics.compareExchange(words, SLOTS_USED, used, slot + 1);
    return slot;
  }
  return -1;
}

/** Waking costs a switch of threads, and is spared when the sampling thread will look by itself in time. */
function wakeIfAsleep(words: Int32Array<SharedArrayBuffer>, wanted: number): void {
  const planned = Atomics.load(words, PLANNED);
  if (planned !== 0 && planned <= wanted) return;
  Atomics.add(words, WAKE, 1);
  Atomics.notify(words, WAKE);
}
