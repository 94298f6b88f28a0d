import { performance } from 'node:perf_hooks';
import { SamplingProfileDecoder } from '../../allocation/sampling-profile-decoder.js';
import type { RawSamplingProfile, SamplingOptions } from '../../inspector/heap-protocol.js';
import type { IsolateMemory } from '../../inspector/main-thread-inspector.js';
import type { LeakEvidence } from '../evidence.js';
import { judgeLeaks } from '../judge/judge-leaks.js';
import { CohortBook } from './cohort-book.js';
import { PauseBook } from './pause-book.js';
import { StandingVerdict } from './standing-verdict.js';
import { TypeTimeline } from './type-timeline.js';
import type { WatchOptions, WatchUpdate } from './watch-messages.js';

/** What a watch asks of the isolate that it watches. */
export interface WatchedHeap {
  startSampling(options: SamplingOptions): Promise<void>;
  readSamplingProfile(): Promise<RawSamplingProfile>;
  takeHeapSnapshot(onChunk: (text: string) => void, onStart: () => void): Promise<void>;
  readMemory(): Promise<IsolateMemory>;
}

export interface WatchContext {
  readonly heap: WatchedHeap;
  readonly signal: AbortSignal;
  readonly publish: (update: WatchUpdate) => void;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * One watch: rounds of birth cohorts, with a few readings of types between them, judged after every round, so
 * that a program that ends (or is killed) at any time leaves a verdict from while it ran. Never judged at exit:
 * when the last work is done, the module state is garbage, and so is the leak.
 */
export async function runHeapWatch(options: WatchOptions, context: WatchContext): Promise<void> {
  const { heap, signal, publish, sleep } = context;
  const startedAt = performance.now();
  const elapsed = () => performance.now() - startedAt;
  const decoder = new SamplingProfileDecoder();
  const cohorts = new CohortBook();
  const types = new TypeTimeline(options);
  const pauses = new PauseBook();
  const verdict = new StandingVerdict();

  await heap.startSampling({ intervalBytes: options.samplingIntervalBytes, includeCollected: false });

  for (let last = false; !last && !signal.aborted; ) {
    const untilTypes = Math.max(0, types.nextAtMs - elapsed());
    await sleep(Math.min(nextRoundIn(options, pauses, elapsed()), untilTypes), signal);
    if (signal.aborted) return;
    last = elapsed() >= options.durationMs;

    const heapUsedBytes = cohorts.readings.at(-1)?.heapUsedBytes ?? (await heap.readMemory()).heapUsedBytes;
    if (types.isDue(elapsed(), heapUsedBytes)) types.start(heap, elapsed);
    await types.settle();

    const profile = await pauses.measure(() => heap.readSamplingProfile());
    const memory = await heap.readMemory();
    const samples = decoder.decode(profile).filter(({ stack }) => !isIgnored(stack, options.ignoredFiles));
    cohorts.record({ timeMs: elapsed(), rssBytes: process.memoryUsage.rss(), ...memory }, samples);

    const evidence: LeakEvidence = {
      schema: 'memx.evidence/1',
      node: process.version,
      intervalBytes: options.samplingIntervalBytes,
      rounds: cohorts.readings,
      sampledAllocations: cohorts.sampledAllocations,
      sites: cohorts.histories(),
      types: types.readings,
      pauses: pauses.add(types.pauses),
      notes: types.notes,
    };
    publish({
      kind: last ? 'final' : 'round',
      elapsedMs: elapsed(),
      heapUsedBytes: memory.heapUsedBytes,
      report: verdict.update(judgeLeaks(evidence), evidence.sites),
      evidence: options.publishEvidence ? evidence : null,
    });
  }
}

function isIgnored(stack: readonly { filename: string }[], files: readonly string[]): boolean {
  return files.length > 0 && stack.some(({ filename }) => files.some((file) => filename.startsWith(file)));
}

/** A pause of p ms may come every p / budget ms. */
function nextRoundIn(options: WatchOptions, pauses: PauseBook, elapsedMs: number): number {
  const wished = Math.max(options.roundMs, pauses.lastMs / options.pauseBudget);
  const left = options.durationMs - elapsedMs;
  return Math.max(0, left < wished * 1.5 ? left : wished);
}
