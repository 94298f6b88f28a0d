import { GCProfiler } from 'node:v8';
import type { CallBlock } from './call-loops.js';
import { needsMorePages } from './filled-page-bytes.js';
import { readHeap, readYoungPageBytes, toCollections } from './heap-reading.js';
import { isSteady } from './is-steady.js';
import { sumGrowth, type WindowGrowth } from './window-growth.js';
import type { AllocatedBytes } from './young-bytes.js';

/** What a number of calls allocated, the cost of making and reading them taken off. */
export interface CallWindow extends WindowGrowth {
  readonly calls: number;
  /** Change of what V8 knows of outside of its heap; frees are in it. */
  readonly externalBytes: number;
  /** Change of what the backing stores of ArrayBuffers take; frees are in it, at other moments. */
  readonly arrayBuffersBytes: number;
}

export interface CountingPlan {
  readonly fn: () => unknown;
  /** Called as `fn` is, and allocates nothing. */
  readonly idle: () => unknown;
  readonly iterations: number;
  /** Calls before them. `auto`: as many as V8 needs to optimise them, as far as can be told. */
  readonly warmUp: number | 'auto';
  /** Called before each window; throws to end the count. */
  readonly checkCancelled: () => void;
}

/** At most half a page of V8's, so that most windows fill none and are exact; large against the readings' garbage. */
const WINDOW_BYTES = 128 * 1024;
/** Collections that external bytes bring about come every 32 MiB. */
const WINDOW_EXTERNAL_BYTES = 1024 * 1024;
const FEWEST_WINDOWS = 50;
const RECENT_WINDOWS = 10;
const IDLE_TRIES = 10;
/** So that a count of few calls can be repeated too. */
const SPARE_CALLS = 10;
/** Small functions are optimised after 10,000 to 40,000 calls (Node 20 to 26), and later on a busy machine. */
const MOST_WARM_ROUNDS = 10;
const WARM_UP_MS = 100;
const MOST_ROUNDS = 4;

/** What was measured, in the order of the calls. */
export interface MeasuredCalls {
  readonly counted: readonly CallWindow[];
  /** Old bytes of all calls that were made, for what a count alone is too short to show. */
  readonly oldBytes: readonly AllocatedBytes[];
}

/** What is measured so far. */
interface Measured {
  readonly rounds: CallWindow[][];
  readonly oldBytes: AllocatedBytes[];
}

/**
 * Warms up, then measures windows of calls until `iterations` are counted, between windows of as many idle calls:
 * the difference is what `fn` allocated.
 */
export function* measureWindows(plan: CountingPlan): Generator<CallBlock, MeasuredCalls> {
  const { iterations, warmUp } = plan;
  const measured: Measured = { rounds: [], oldBytes: [] };
  if (warmUp === 'auto') yield* measureOptimised(plan, measured);
  else for (const calls of [warmUp, iterations]) yield* measureRound(plan, calls, measured);
  return { counted: measured.rounds.at(-1) ?? [], oldBytes: measured.oldBytes };
}

/** Counts again and again: for as long as V8's compiler thread may need, and then until a count is steady. */
function* measureOptimised(plan: CountingPlan, measured: Measured): Generator<CallBlock, void> {
  const startMs = performance.now();
  do yield* measureRound(plan, plan.iterations, measured);
  while (measured.rounds.length < MOST_WARM_ROUNDS && performance.now() - startMs < WARM_UP_MS);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const windows = yield* measureRound(plan, plan.iterations, measured);
    if (isSteady(windows) && !needsMorePages(measured.oldBytes)) break;
  }
}

function* measureRound(
  plan: CountingPlan,
  calls: number,
  measured: Measured,
): Generator<CallBlock, CallWindow[]> {
  const windows = yield* measureCalls(plan, calls, measured);
  measured.rounds.push(windows);
  return windows;
}

/**
 * Windows that cannot be told from their readings are measured again, but not for ever: when a collection came at
 * the wrong moment, or when idle calls before and after differ (V8 has optimised the readings, which leave
 * less garbage then).
 */
function* measureCalls(
  plan: CountingPlan,
  wanted: number,
  { rounds, oldBytes }: Measured,
): Generator<CallBlock, CallWindow[]> {
  const pageBytes = readYoungPageBytes();
  const windows: CallWindow[] = [];
  let before: CallWindow | null = yield* measureIdle({ fn: plan.idle, count: 1 }, pageBytes);
  for (let counted = 0, made = 0; counted < wanted && made < 2 * wanted + SPARE_CALLS; ) {
    plan.checkCancelled();
    const most = Math.min(Math.ceil(wanted / FEWEST_WINDOWS), wanted - counted);
    const count = Math.min(most, callsThatFit(windows.length > 0 ? windows : (rounds.at(-1) ?? [])));
    if (before?.calls !== count) before = yield* measureIdle({ fn: plan.idle, count }, pageBytes);
    const window: CallWindow | null = yield* measureWindow({ fn: plan.fn, count }, pageBytes);
    const after: CallWindow | null = yield* measureIdle({ fn: plan.idle, count }, pageBytes);
    made += count;
    oldBytes.push({ bytes: window?.oldBytes ?? 0, calls: count });
    if (window && before && before.youngBytes === after?.youngBytes) {
      counted += count;
      windows.push(takeOff(before.youngBytes, window));
    }
    before = after;
  }
  return windows;
}

function takeOff(idleYoungBytes: number, window: CallWindow): CallWindow {
  const { youngBytes, slackBytes, oldBytes, collections, calls, externalBytes, arrayBuffersBytes } = window;
  return {
    youngBytes: youngBytes - idleYoungBytes,
    slackBytes,
    oldBytes,
    collections,
    calls,
    externalBytes,
    arrayBuffersBytes,
  };
}

/** A power of two, so that neighbouring windows have the same size and share an idle one. */
function callsThatFit(windows: readonly CallWindow[]): number {
  const recent = windows.slice(-RECENT_WINDOWS);
  const calls = recent.reduce((sum, window) => sum + window.calls, 0);
  const bytes = recent.reduce((sum, window) => sum + window.youngBytes, 0);
  const external = recent.reduce((sum, window) => sum + Math.max(0, window.externalBytes), 0);
  const share = Math.max(bytes / WINDOW_BYTES, external / WINDOW_EXTERNAL_BYTES);
  if (calls === 0) return 1;
  return share <= 0 ? Number.POSITIVE_INFINITY : 2 ** Math.max(0, Math.floor(Math.log2(calls / share)));
}

/** What the loop and the readings cost, in a window without a collection or the end of a page. */
function* measureIdle(block: CallBlock, pageBytes: number): Generator<CallBlock, CallWindow | null> {
  for (let tries = 0; tries < IDLE_TRIES; tries++) {
    const window = yield* measureWindow(block, pageBytes);
    if (window?.slackBytes === 0 && window.collections === 0) return window;
  }
  return null;
}

/** Null when a collection came between two readings that belong together. */
function* measureWindow(block: CallBlock, pageBytes: number): Generator<CallBlock, CallWindow | null> {
  const profiler = new GCProfiler();
  try {
    const memory = process.memoryUsage();
    const start = readHeap();
    profiler.start();
    yield block;
    const end = readHeap();
    const memoryAfter = process.memoryUsage();
    const collections = toCollections(profiler.stop());
    // The last of them may have come after the reading. A heap that shrank since tells.
    if (collections.length > 0 && readHeap().youngBytes < end.youngBytes) return null;
    const growth = sumGrowth(start, collections, end, pageBytes);
    // No spread: it would make a shape each time on Node 20, and 2 bytes a call more in pages of shapes.
    return (
      growth && {
        youngBytes: growth.youngBytes,
        slackBytes: growth.slackBytes,
        oldBytes: growth.oldBytes,
        collections: growth.collections,
        calls: block.count,
        externalBytes: memoryAfter.external - memory.external,
        arrayBuffersBytes: memoryAfter.arrayBuffers - memory.arrayBuffers,
      }
    );
  } finally {
    profiler.stop();
  }
}
