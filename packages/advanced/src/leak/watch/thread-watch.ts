import { performance } from 'node:perf_hooks';
import { dropMemx } from '../../allocation/memx-stack.js';
import type { StackFrame } from '../../allocation/stack-frame.js';
import { letGoThere, readLiveExternalThere } from '../../external/external-recording.js';
import type { IsolateMemory } from '../../inspector/isolate-inspector.js';
import { countOpenFiles } from '../../resources/count-open-files.js';
import type { ResourceReading } from '../../resources/opened-resource.js';
import { readResourcesThere } from '../../resources/resource-recording.js';
import type { RoundReading, ThreadEvidence } from '../evidence.js';
import { CohortBook } from './cohort-book.js';
import { HeapSampling, type SampledHeap } from './heap-sampling.js';
import { PauseBook } from './pause-book.js';
import { nextRoundIn } from './round-schedule.js';
import { TypeTimeline } from './type-timeline.js';
import type { WatchOptions } from './watch-messages.js';

/** What a watch asks of the isolate that it watches. */
export interface WatchedHeap extends SampledHeap {
  takeHeapSnapshot(onChunk: (text: string) => void, onStart: () => void): Promise<void>;
  /** V8 follows each object that moves, to know its id in a later snapshot, until it is told to forget them. */
  forgetObjectIds(): Promise<void>;
  startMarking(): Promise<void>;
  readMemory(): Promise<IsolateMemory>;
  evaluate(expression: string): Promise<unknown>;
}

export interface ThreadWatchContext {
  readonly thread: number;
  readonly heap: WatchedHeap;
  readonly signal: AbortSignal;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Called after every round; `isLast` when the time is up. */
  readonly onRound: (evidence: ThreadEvidence, isLast: boolean) => void;
}

/** The watch of one isolate: rounds of birth cohorts, with a few readings of types between them. */
export async function watchThread(options: WatchOptions, context: ThreadWatchContext): Promise<void> {
  const { thread, heap, signal, sleep, onRound } = context;
  const startedAt = performance.now();
  const elapsed = () => performance.now() - startedAt;
  const sampling = new HeapSampling(heap, options);
  const cohorts = new CohortBook();
  const outside = new CohortBook();
  const evaluate = (expression: string) => heap.evaluate(expression);
  const types = new TypeTimeline({ ...options, thread }, heap);
  const pauses = new PauseBook();
  const isOfMemx = ({ filename, packageName }: StackFrame) =>
    packageName === '@memx/advanced' || options.ignoredFiles.some((file) => filename.startsWith(file));

  await sampling.start();

  for (let isLast = false; !isLast && !signal.aborted; ) {
    const untilTypes = Math.max(0, types.nextAtMs - elapsed());
    await sleep(Math.min(nextRoundIn(options, pauses.lastMs, elapsed()), untilTypes), signal);
    if (signal.aborted) return;
    isLast = elapsed() >= options.durationMs;

    const heapUsedBytes = cohorts.readings.at(-1)?.heapUsedBytes ?? (await heap.readMemory()).heapUsedBytes;
    if (types.isDue(elapsed(), heapUsedBytes)) types.start(elapsed);
    await types.settle();

    if (options.keepsPace) await heap.startMarking();
    await letGoThere(evaluate);
    const profile = await pauses.measure(() => sampling.read());
    const { heapUsedBytes: floorBytes } = await heap.readMemory();
    const external = await readLiveExternalThere(evaluate);
    const resources = await readResourcesThere(evaluate, cohorts.readings.length === 0);
    const memory = await heap.readMemory();
    const pausesSoFar = pauses.add(types.pauses);
    const timeMs = elapsed();
    const reading: RoundReading = {
      timeMs,
      // A pause may be counted twice where a reading of types waited behind a round; time never runs back.
      activeMs: Math.max(timeMs - pausesSoFar.totalMs, cohorts.readings.at(-1)?.activeMs ?? 0),
      rssBytes: process.memoryUsage.rss(),
      ...memory,
      heapUsedBytes: floorBytes, // what the questions since the collection left behind is memx's own
      wasmBytes: external?.wasmBytes ?? 0,
      resources: resources ? withOpenFiles(resources.counts, thread) : {},
    };
    cohorts.record(reading, dropMemx(sampling.decode(profile), isOfMemx));
    outside.record(reading, dropMemx(external?.samples ?? [], isOfMemx));

    const evidence: ThreadEvidence = {
      thread,
      intervalBytes: sampling.intervalBytes,
      rounds: cohorts.readings,
      sampledAllocations: cohorts.sampledAllocations + outside.sampledAllocations,
      sites: cohorts.histories(),
      externalSites: external && outside.histories(),
      openings: (resources?.openings ?? []).map((opening) => ({
        ...opening,
        frames: opening.frames.filter((frame) => !isOfMemx(frame)), // memx makes workers for the program
      })),
      types: types.readings,
      landmarks: types.landmarks,
      typesReadMs: types.readAtMs,
      snapshot: types.snapshot,
      pauses: pausesSoFar,
      notes: types.notes,
    };
    onRound(evidence, isLast);
    if (!isLast && !signal.aborted && sampling.isTooDear({ timeMs, sampled: cohorts.sampledAllocations })) {
      await pauses.measure(() => sampling.restart());
      cohorts.restart();
    }
  }
}

/** The process has its files in common: they count with the main thread. */
function withOpenFiles(counts: ResourceReading['counts'], thread: number): ResourceReading['counts'] {
  const files = thread === 0 ? countOpenFiles() : null;
  return files === null ? counts : { ...counts, 'open files': files };
}
