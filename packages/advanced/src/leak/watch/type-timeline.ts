import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { OWN_TYPES } from '../../external/external-sampler.js';
import { isEngineRow } from '../../snapshot/engine-rows.js';
import { readLiveHistogram } from '../../snapshot/read-live-histogram.js';
import type { SnapshotHistogram } from '../../snapshot/snapshot-histogram.js';
import type { PauseAccount, SnapshotFile, TypeCount, TypeReading } from '../evidence.js';
import { KeptSnapshot } from './kept-snapshot.js';
import { PauseBook } from './pause-book.js';
import { typeMoments } from './type-moments.js';

/** V8's work per MiB of heap: 53–60 ms on Node 20, 32–46 on 22–26. The first reading calibrates it. */
const ASSUMED_COST_MS_PER_MIB = 60;
/** The last reading decides whether the two before it were worth anything, so it may be so much dearer than its share. */
const LAST_OVERDRAFT = 1.5;
const MAX_ROWS = 400;
/** The latest three decide. */
const MAX_READINGS = 8;
/** What any watch may spend on its type readings, however short it is: they are the surer witness. */
const LEAST_BUDGET_MS = 3_000;
/** A main thread that comes back to its event loop starts a reading in this time. */
const START_LIMIT_MS = 300;

export interface TypeTimelineOptions {
  readonly thread: number;
  readonly snapshotFolder: string | null;
  readonly durationMs: number;
  readonly typeReadings: number;
  readonly typePauseBudget: number;
  readonly untilSure: boolean;
}

interface SnapshotHeap {
  takeHeapSnapshot(onChunk: (text: string) => void, onStart: () => void): Promise<void>;
}

interface PendingReading {
  /** V8 has started; it does not before the main thread's synchronous code has come to its end (Node 22 to 26). */
  readonly begun: Promise<void>;
  readonly done: Promise<void>;
}

/**
 * Live objects by type at a few moments of a watch. Each reading is a heap snapshot that is streamed into a
 * histogram; it is left out when its predicted work does not fit in what is left of the budget.
 */
export class TypeTimeline {
  readonly #options: TypeTimelineOptions;
  readonly #pauses = new PauseBook();
  readonly #birthBoundaries: number[] = [];
  #readings: TypeReading[] = [];
  #notes: string[] = [];
  #costMsPerMiB = ASSUMED_COST_MS_PER_MIB;
  #spentMs = 0;
  readonly #moments: readonly number[];
  #nextPoint = 0;
  #pending: PendingReading | null = null;
  #snapshot: SnapshotFile | null = null;

  constructor(options: TypeTimelineOptions) {
    this.#options = options;
    this.#moments = typeMoments(options);
  }

  get readings(): readonly TypeReading[] {
    return this.#readings;
  }

  /** The snapshot of the latest reading that had two before it, where snapshots are kept. */
  get snapshot(): SnapshotFile | null {
    return this.#snapshot;
  }

  get notes(): readonly string[] {
    if (!this.#pending) return this.#notes;
    return [...this.#notes, 'Types were not counted while the program was in synchronous code.'];
  }

  get pauses(): PauseAccount {
    return this.#pauses.account;
  }

  /** When the next reading belongs; Infinity when there is none left. */
  get nextAtMs(): number {
    return this.#moments[this.#nextPoint] ?? Number.POSITIVE_INFINITY;
  }

  /** Whether a reading belongs to this moment and can be paid for. A moment that was too dear is passed over. */
  isDue(elapsedMs: number, heapUsedBytes: number): boolean {
    if (elapsedMs < this.nextAtMs) return false;
    const isEarly = this.#isEarly;
    const affordableMs = this.#affordableMs(elapsedMs);
    this.#nextPoint += 1;
    if (this.#pending) return false;
    const predictedMs = (heapUsedBytes / 2 ** 20) * this.#costMsPerMiB;
    if (predictedMs <= affordableMs) return true;
    if (isEarly) return false;
    this.#notes = [
      `Types were not always counted: a reading would have stopped the program for about ${Math.round(predictedMs)} ms. Watch for longer.`,
    ];
    return false;
  }

  /** Whether the next reading is one that only long watches have. */
  get #isEarly(): boolean {
    return this.#moments.length - this.#nextPoint > this.#options.typeReadings;
  }

  /**
   * An early reading lives on what has been earned, and leaves enough for those that decide; these share what is left, and
   * the floor.
   */
  #affordableMs(elapsedMs: number): number {
    const { durationMs, typePauseBudget, typeReadings } = this.#options;
    const left = Math.max(LEAST_BUDGET_MS, durationMs * typePauseBudget) - this.#spentMs;
    if (this.#isEarly)
      return Math.min(elapsedMs * typePauseBudget - this.#spentMs, left / (typeReadings + 1));
    const laterReadings = this.#moments.length - this.#nextPoint;
    const decides = laterReadings === 1 && this.#readings.length >= 2;
    return (left / laterReadings) * (decides ? LAST_OVERDRAFT : 1);
  }

  /** Asks for a reading; {@link settle} waits for it. One that fails is told of in the notes. */
  start(heap: SnapshotHeap, elapsed: () => number): void {
    let begin = () => {};
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const done = this.#read(heap, { begin, elapsed })
      .catch((error: unknown) => {
        this.#notes = [`Types could not be counted: ${error instanceof Error ? error.message : error}`];
      })
      .finally(() => {
        this.#pending = null;
      });
    this.#pending = { begun, done };
  }

  /** Waits for a reading that has begun, or is about to; not for synchronous code to end. */
  async settle(): Promise<void> {
    if (!this.#pending) return;
    const { begun, done } = this.#pending;
    const late = delay(START_LIMIT_MS, 'late', { ref: false });
    if ((await Promise.race([begun, done, late])) !== 'late') await done;
  }

  #keepSnapshot([settledFromId, settledBeforeId]: readonly number[]): KeptSnapshot | null {
    const { snapshotFolder, thread } = this.#options;
    if (snapshotFolder === null || settledFromId === undefined || settledBeforeId === undefined) return null;
    const file = join(snapshotFolder, `thread-${thread}.heapsnapshot`);
    return new KeptSnapshot({ file, settledFromId, settledBeforeId });
  }

  async #read(
    heap: SnapshotHeap,
    { begin, elapsed }: { begin: () => void; elapsed: () => number },
  ): Promise<void> {
    let startedAt = performance.now();
    let cpuBefore = process.cpuUsage();
    let timeMs = elapsed();
    const onStart = () => {
      startedAt = performance.now();
      cpuBefore = process.cpuUsage();
      timeMs = elapsed();
      begin();
    };
    const boundaries = this.#birthBoundaries.slice(-2);
    using kept = this.#keepSnapshot(boundaries);
    const histogram = await readLiveHistogram(
      (onChunk) =>
        heap.takeHeapSnapshot((text) => {
          onChunk(text);
          kept?.write(text);
        }, onStart),
      { cohortBoundaries: boundaries },
    );
    this.#snapshot = kept?.finish() ?? this.#snapshot;
    this.#pauses.record(performance.now() - startedAt);
    this.#payFor(cpuBefore, histogram.selfSizeBytes);
    this.#birthBoundaries.push(histogram.maxObjectId + 1);
    this.#readings = [...this.#readings.slice(1 - MAX_READINGS), { timeMs, rows: toTypeCounts(histogram) }];
  }

  /** On a busy machine a reading takes longer, and so does all that the program does: its work is what it costs. */
  #payFor(cpuBefore: NodeJS.CpuUsage, sizeBytes: number): void {
    const { user, system } = process.cpuUsage(cpuBefore);
    const costMs = Math.min(this.#pauses.lastMs, (user + system) / 1000);
    this.#spentMs += costMs;
    this.#costMsPerMiB = costMs / Math.max(1, sizeBytes / 2 ** 20);
  }
}

/** Rows that V8 moves by itself (compiled code, shapes, feedback), and memx's own, tell nothing of the program. */
function toTypeCounts({ types }: SnapshotHistogram): TypeCount[] {
  return [...types]
    .filter((row) => !isEngineRow(row) && !OWN_TYPES.has(row.name))
    .sort((a, b) => b.sizeBytes - a.sizeBytes)
    .slice(0, MAX_ROWS)
    .map(({ kind, name, count, sizeBytes, cohorts }) => {
      const [older, settled] = cohorts.length === 3 ? cohorts : [];
      return {
        kind,
        type: name,
        count,
        sizeBytes,
        settledCount: settled?.count ?? 0,
        settledBytes: settled?.sizeBytes ?? 0,
        keptCount: (older?.count ?? 0) + (settled?.count ?? 0),
        keptBytes: (older?.sizeBytes ?? 0) + (settled?.sizeBytes ?? 0),
      };
    });
}
