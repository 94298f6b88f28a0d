import { builtin } from '../builtin.js';
import { inNobodysContext } from './nobodys-context.js';
import { copyRowsBetween, type RssRows } from './sample-rows.js';
import { ENDED, ROWS, RUNNING, STATE } from './sampler-memory.js';
import { createSamplerSlot, type SamplerSlot } from './sampler-slot.js';
import {
  endSamplerThread,
  joinSamplerThread,
  type SamplerThread,
  samplerThreadStarted,
} from './sampler-thread.js';

/** What tests want to know of the sampling thread. */
export interface SamplerLinkStatus {
  /** How many were started from here; a process in good order has one. */
  readonly threadsStarted: number;
  readonly threadRunning: boolean;
  /** Rows kept, of all trackings; they are overwritten when room is needed. */
  readonly rowsKept: number;
}

/** This thread's link to the sampling thread, which is joined or started at the first wish. */
export interface SamplerLink extends SamplerSlot {
  /** Joins or starts the thread; {@link want} does so too. */
  join(): void;
  /** Resolves when the thread samples, or has failed to start. */
  joined(): Promise<void>;
  copyRows(fromMs: number, toMs: number): RssRows;
  status(): SamplerLinkStatus;
  /** Ends the thread if it was started here; the next wish starts another. */
  end(): Promise<void>;
}

const NO_ROWS: RssRows = { times: new Float64Array(0), rss: new Float64Array(0) };

export function createSamplerLink(): SamplerLink {
  let thread: SamplerThread | undefined;
  let slot: SamplerSlot | undefined;
  let threadsStarted = 0;
  let forbidden = false;

  const isIn = (state: number) => thread !== undefined && Atomics.load(thread.memory.words, STATE) === state;

  const join = () => {
    if (forbidden || (thread !== undefined && !isIn(ENDED))) return;
    // What was started from here and has ended by itself would only fail again.
    forbidden = thread?.worker !== undefined;
    thread = forbidden ? undefined : inNobodysContext(joinSamplerThread);
    forbidden ||= thread === undefined;
    if (thread === undefined) return;
    if (thread.worker !== undefined) threadsStarted++;
    slot = createSamplerSlot(thread.memory, kernelThread());
  };

  return {
    join,
    async joined() {
      join();
      if (thread !== undefined) await samplerThreadStarted(thread);
    },
    want(intervalMs, sinceMs) {
      join();
      slot?.want(intervalMs, sinceMs);
    },
    free() {
      slot?.free();
    },
    copyRows: (fromMs, toMs) =>
      thread === undefined ? NO_ROWS : copyRowsBetween(thread.memory, fromMs, toMs),
    status: () => ({
      threadsStarted,
      threadRunning: isIn(RUNNING),
      rowsKept: thread === undefined ? 0 : Atomics.load(thread.memory.words, ROWS),
    }),
    async end() {
      const ending = thread;
      slot?.free();
      thread = undefined;
      slot = undefined;
      if (ending !== undefined) await endSamplerThread(ending);
    },
  };
}

/** A worker thread can be terminated without notice; this is how its end is seen from outside, where there is procfs. */
function kernelThread(): number {
  if (builtin('node:worker_threads').isMainThread) return 0;
  try {
    const link = builtin('node:fs').readlinkSync('/proc/thread-self');
    return Number(link.slice(link.lastIndexOf('/') + 1)) || 0;
  } catch {
    return 0;
  }
}
