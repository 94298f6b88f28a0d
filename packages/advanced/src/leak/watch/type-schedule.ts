import {
  affordableSeries,
  earlySeries,
  lastSeries,
  seriesAfter,
  type TypeSeries,
  type TypeSeriesOptions,
} from './type-series.js';

/** V8's work per MiB of heap: 53–60 ms on Node 20, 32–46 on 22–26. The first reading calibrates it. */
const ASSUMED_COST_MS_PER_MIB = 60;
/** The last reading decides whether the two before it were worth anything, so it may be so much dearer than its share. */
const LAST_OVERDRAFT = 1.5;
/** What any watch may spend on its type readings, however short it is: they are the surer witness. */
const LEAST_BUDGET_MS = 3_000;

export interface TypeScheduleOptions extends TypeSeriesOptions {
  readonly typePauseBudget: number;
}

/** What became of a moment: a reading, or none; `tooDearMs` is told where a reading that decides was left out for its price. */
export type TypeMoment =
  | { readonly kind: 'not yet' }
  | { readonly kind: 'read' }
  | { readonly kind: 'passed over'; readonly tooDearMs: number | null };

/** When types are read, by what it costs and has cost. */
export class TypeSchedule {
  readonly #options: TypeScheduleOptions;
  #series: TypeSeries;
  /** Of the series. */
  #next = 0;
  #readings = 0;
  /** The latest early one of three readings. */
  #seriesEndedMs = 0;
  #spentMs = 0;
  #costMsPerMiB = ASSUMED_COST_MS_PER_MIB;

  constructor(options: TypeScheduleOptions) {
    this.#options = options;
    this.#series = earlySeries(options) ?? lastSeries(options);
  }

  /** When the next reading belongs; Infinity when there is none left. */
  get nextAtMs(): number {
    return this.#series.atMs[this.#next] ?? Number.POSITIVE_INFINITY;
  }

  /** Whether the series has had its last moment. */
  get isSeriesOver(): boolean {
    return this.#next >= this.#series.atMs.length;
  }

  /** @param isBusy a reading is going on */
  take(elapsedMs: number, heapUsedBytes: number, isBusy: boolean): TypeMoment {
    if (elapsedMs < this.nextAtMs) return { kind: 'not yet' };
    const readingMs = (heapUsedBytes / 2 ** 20) * this.#costMsPerMiB;
    if (!isBusy && readingMs <= this.#affordableMs(elapsedMs)) {
      this.#next += 1;
      this.#readings += 1;
      return { kind: 'read' };
    }
    const decides = this.#next >= this.#series.early;
    if (this.#isOfEarlySeries) this.#giveUpSeries(readingMs, elapsedMs);
    else this.#next += 1;
    return { kind: 'passed over', tooDearMs: decides && !isBusy ? readingMs : null };
  }

  pay(costMs: number, heapBytes: number): void {
    this.#spentMs += costMs;
    this.#costMsPerMiB = costMs / Math.max(1, heapBytes / 2 ** 20);
  }

  /** Goes on to the series after one that is over, if there is one. */
  beginNextSeries(elapsedMs: number): boolean {
    if (!this.#isOfEarlySeries) return false;
    if (this.#readings > 1) this.#seriesEndedMs = elapsedMs;
    this.#series = seriesAfter(this.#options, this.#seriesEndedMs, elapsedMs);
    this.#next = 0;
    this.#readings = 0;
    return true;
  }

  /** All of its readings, or none. */
  get #isOfEarlySeries(): boolean {
    return this.#series.early === this.#series.atMs.length;
  }

  /** What has been read of it is not lost: where readings are that dear, there may be no three later ones. */
  #giveUpSeries(readingMs: number, elapsedMs: number): void {
    if (this.#next === 0) {
      const { typePauseBudget: budget } = this.#options;
      const spentMs = this.#spentMs;
      this.#series = affordableSeries(this.#options, { elapsedMs, readingMs, spentMs, budget });
    } else {
      const begun = this.#series.atMs.slice(0, this.#next);
      const { atMs } = lastSeries(this.#options);
      this.#series = { atMs: [...begun, ...atMs.slice(begun.length)], early: 0 };
    }
  }

  /**
   * An early series lives on what will have been earned when it ends, and leaves enough for those that decide; these share
   * what is left, and the floor.
   */
  #affordableMs(elapsedMs: number): number {
    const { durationMs, typePauseBudget, typeReadings } = this.#options;
    const left = Math.max(LEAST_BUDGET_MS, durationMs * typePauseBudget) - this.#spentMs;
    const laterReadings = this.#series.atMs.length - this.#next;
    if (this.#next < this.#series.early) {
      const readings = this.#isOfEarlySeries ? laterReadings : 1;
      const paidAtMs = this.#isOfEarlySeries ? Math.max(elapsedMs, this.#series.atMs.at(-1) ?? 0) : elapsedMs;
      const earnedMs = paidAtMs * typePauseBudget - this.#spentMs;
      return Math.min(earnedMs / readings, left / (typeReadings + readings));
    }
    const decides = laterReadings === 1 && this.#readings >= 2;
    return (left / laterReadings) * (decides ? LAST_OVERDRAFT : 1);
  }
}
