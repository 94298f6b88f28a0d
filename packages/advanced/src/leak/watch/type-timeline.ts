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
import { TypeSchedule, type TypeScheduleOptions } from './type-schedule.js';

const MAX_ROWS = 400;
/** The latest three of a series decide. */
const DECIDING_READINGS = 3;
const MAX_READINGS = 8;
/** A main thread that comes back to its event loop starts a reading in this time. */
const START_LIMIT_MS = 300;

export interface TypeTimelineOptions extends TypeScheduleOptions {
  readonly thread: number;
  readonly snapshotFolder: string | null;
}

/** A worker's text passes through the main thread, which stands still for its own readings: at other moments. */
const WORKERS_SOONER = 0.88;

interface SnapshotHeap {
  takeHeapSnapshot(onChunk: (text: string) => void, onStart: () => void): Promise<void>;
  forgetObjectIds(): Promise<void>;
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
  readonly #schedule: TypeSchedule;
  readonly #heap: SnapshotHeap;
  readonly #pauses = new PauseBook();
  #birthBoundaries: number[] = [];
  #earlierReadings: readonly TypeReading[] = [];
  #readings: readonly TypeReading[] = [];
  #landmarks: readonly TypeReading[] = [];
  #readAtMs: readonly number[] = [];
  #notes: string[] = [];
  #pending: PendingReading | null = null;
  #snapshot: SnapshotFile | null = null;

  constructor(options: TypeTimelineOptions, heap: SnapshotHeap) {
    this.#options = options;
    this.#heap = heap;
    const durationMs = options.durationMs * (options.thread === 0 ? 1 : WORKERS_SOONER);
    this.#schedule = new TypeSchedule({ ...options, durationMs });
  }

  /** Of the latest series that can be judged, or as far as it has come. */
  get readings(): readonly TypeReading[] {
    const decides = this.#readings.length >= DECIDING_READINGS || this.#earlierReadings.length === 0;
    return decides ? this.#readings : this.#earlierReadings;
  }

  /** The last reading of each series that is over. */
  get landmarks(): readonly TypeReading[] {
    return this.#landmarks;
  }

  /** Of all readings so far. */
  get readAtMs(): readonly number[] {
    return this.#readAtMs;
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
    return this.#schedule.nextAtMs;
  }

  /** Whether a reading belongs to this moment and can be paid for. A moment that was too dear is passed over. */
  isDue(elapsedMs: number, heapUsedBytes: number): boolean {
    const moment = this.#schedule.take(elapsedMs, heapUsedBytes, this.#pending !== null);
    if (moment.kind !== 'passed over') return moment.kind === 'read';
    if (this.#schedule.isSeriesOver && this.#birthBoundaries.length > 0) this.#forgetIds();
    if (moment.tooDearMs !== null) {
      const costMs = Math.round(moment.tooDearMs);
      this.#notes = [
        `Types were not always counted: a reading would have stopped the program for about ${costMs} ms. Watch for longer.`,
      ];
    }
    return false;
  }

  /** Asks for a reading; {@link settle} waits for it. One that fails is told of in the notes. */
  start(elapsed: () => number): void {
    let begin = () => {};
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const done = this.#read({ begin, elapsed })
      .catch((error: unknown) => {
        this.#notes = [`Types could not be counted: ${error instanceof Error ? error.message : error}`];
      })
      .finally(() => {
        this.#pending = null;
        this.#endSeries(elapsed());
      });
    this.#pending = { begun, done };
  }

  #endSeries(elapsedMs: number): void {
    if (!this.#schedule.isSeriesOver) return;
    this.#forgetIds();
    if (!this.#schedule.beginNextSeries(elapsedMs)) return;
    this.#landmarks = [...this.#landmarks, ...this.#readings.slice(-1)];
    if (this.#readings.length >= DECIDING_READINGS) this.#earlierReadings = this.#readings;
    this.#readings = [];
    this.#birthBoundaries = []; // ids hold within a series only
  }

  #forgetIds(): void {
    this.#heap.forgetObjectIds().catch(() => {}); // the program runs slower; the next session's end mends it
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

  async #read({ begin, elapsed }: { begin: () => void; elapsed: () => number }): Promise<void> {
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
        this.#heap.takeHeapSnapshot((text) => {
          onChunk(text);
          kept?.write(text);
        }, onStart),
      { cohortBoundaries: boundaries },
    );
    this.#snapshot = kept?.finish() ?? this.#snapshot;
    this.#pauses.record(performance.now() - startedAt);
    this.#payFor(cpuBefore, histogram.selfSizeBytes);
    this.#birthBoundaries.push(histogram.maxObjectId + 1);
    this.#readAtMs = [...this.#readAtMs, timeMs];
    this.#readings = [...this.#readings.slice(1 - MAX_READINGS), { timeMs, rows: toTypeCounts(histogram) }];
  }

  /** On a busy machine a reading takes longer, and so does all that the program does: its work is what it costs. */
  #payFor(cpuBefore: NodeJS.CpuUsage, sizeBytes: number): void {
    const { user, system } = process.cpuUsage(cpuBefore);
    this.#schedule.pay(Math.min(this.#pauses.lastMs, (user + system) / 1000), sizeBytes);
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
