import { isEngineRow } from '../snapshot/engine-rows.js';
import { readLiveHistogram } from '../snapshot/read-live-histogram.js';
import type { SnapshotHistogram } from '../snapshot/snapshot-histogram.js';
import type { PauseAccount, TypeCount, TypeReading } from './evidence.js';
import { PauseBook } from './pause-book.js';

/** V8's pause per MiB of heap: 53–60 ms on Node 20, 32–46 on 22–26. The first reading calibrates it. */
const ASSUMED_PAUSE_MS_PER_MIB = 60;
/** The first reading waits for the warm-up; the last leaves time for one more round, in programs that end by themselves. */
const FIRST_AT = 0.28;
const LAST_AT = 0.85;
const MAX_ROWS = 400;
/** What any watch may spend on its type readings, however short it is: they are the surer witness. */
const LEAST_BUDGET_MS = 3_000;

export interface TypeTimelineOptions {
  readonly durationMs: number;
  readonly typeReadings: number;
  readonly typePauseBudget: number;
}

/**
 * Live objects by type at a few moments of a watch. Each reading is a heap snapshot that is streamed into a
 * histogram; it is left out when its predicted pause does not fit in what is left of the budget.
 */
export class TypeTimeline {
  readonly #options: TypeTimelineOptions;
  readonly #pauses = new PauseBook();
  readonly #birthBoundaries: number[] = [];
  #readings: TypeReading[] = [];
  #notes: string[] = [];
  #pauseMsPerMiB = ASSUMED_PAUSE_MS_PER_MIB;
  #nextPoint = 0;

  constructor(options: TypeTimelineOptions) {
    this.#options = options;
  }

  get readings(): readonly TypeReading[] {
    return this.#readings;
  }

  get notes(): readonly string[] {
    return this.#notes;
  }

  get pauses(): PauseAccount {
    return this.#pauses.account;
  }

  /** When the next reading belongs; Infinity when there is none left. */
  get nextAtMs(): number {
    const { durationMs, typeReadings } = this.#options;
    if (this.#nextPoint >= typeReadings) return Number.POSITIVE_INFINITY;
    return durationMs * (FIRST_AT + ((LAST_AT - FIRST_AT) * this.#nextPoint) / Math.max(1, typeReadings - 1));
  }

  /** Whether a reading belongs to this moment and can be paid for. A moment that was too dear is passed over. */
  isDue(elapsedMs: number, heapUsedBytes: number): boolean {
    const { durationMs, typeReadings, typePauseBudget } = this.#options;
    if (elapsedMs < this.nextAtMs) return false;
    const left = Math.max(LEAST_BUDGET_MS, durationMs * typePauseBudget) - this.#pauses.account.totalMs;
    const affordable = left / (typeReadings - this.#nextPoint);
    this.#nextPoint += 1;
    const predictedMs = (heapUsedBytes / 2 ** 20) * this.#pauseMsPerMiB;
    if (predictedMs <= affordable) return true;
    this.#notes = [
      `Types were not always counted: a reading would have stopped the program for about ${Math.round(predictedMs)} ms. Watch for longer.`,
    ];
    return false;
  }

  async read(
    heap: { takeHeapSnapshot(onChunk: (text: string) => void): Promise<void> },
    timeMs: number,
  ): Promise<void> {
    const histogram = await this.#pauses.measure(() =>
      readLiveHistogram((onChunk) => heap.takeHeapSnapshot(onChunk), {
        cohortBoundaries: this.#birthBoundaries.slice(-2),
      }),
    );
    this.#pauseMsPerMiB = this.#pauses.lastMs / Math.max(1, histogram.selfSizeBytes / 2 ** 20);
    this.#birthBoundaries.push(histogram.maxObjectId + 1);
    this.#readings = [...this.#readings, { timeMs, rows: toTypeCounts(histogram) }];
  }
}

/** Rows that V8 moves by itself (compiled code, shapes, feedback) tell nothing of the program. */
function toTypeCounts({ types }: SnapshotHistogram): TypeCount[] {
  return [...types]
    .filter((row) => !isEngineRow(row))
    .sort((a, b) => b.sizeBytes - a.sizeBytes)
    .slice(0, MAX_ROWS)
    .map(({ kind, name, count, sizeBytes, cohorts }) => {
      const settled = cohorts.length === 3 ? cohorts[1] : undefined;
      return {
        kind,
        type: name,
        count,
        sizeBytes,
        settledCount: settled?.count ?? 0,
        settledBytes: settled?.sizeBytes ?? 0,
      };
    });
}
