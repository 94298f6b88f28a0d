/** What is spent in less time than this says little about a share. */
const LEAST_SPAN_MS = 1_000;
/** So calm that half as long an interval would do. */
const CALM = 1 / 8;
const CALM_SPAN_MS = 20_000;

/** Keeps the cost of samples, as it is measured, to a share of the time. */
export class SamplingMeter {
  readonly #budgetShare: number;
  #sinceMs: number;
  #spentMs = 0;

  constructor(budgetShare: number, nowMs: number) {
    this.#budgetShare = budgetShare;
    this.#sinceMs = nowMs;
  }

  /**
   * To be called after each sample.
   * @returns by what the interval is to be multiplied: 2, 1/2 or 1
   */
  spend(spentMs: number, nowMs: number): number {
    this.#spentMs += spentMs;
    const spanMs = nowMs - this.#sinceMs;
    const budgetMs = this.#budgetShare * Math.max(LEAST_SPAN_MS, spanMs);
    const isCalm = spanMs > CALM_SPAN_MS && this.#spentMs < budgetMs * CALM;
    if (this.#spentMs <= budgetMs && spanMs <= CALM_SPAN_MS) return 1;
    const factor = this.#spentMs > budgetMs ? 2 : isCalm ? 0.5 : 1;
    this.#sinceMs = nowMs;
    this.#spentMs = 0;
    return factor;
  }
}
