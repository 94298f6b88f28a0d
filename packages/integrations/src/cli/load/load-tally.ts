const MAX_REASONS = 32;

/** How many requests were made, how many of them failed, and of what. */
export class LoadTally {
  made = 0;
  failed = 0;
  readonly #reasons = new Map<string, number>();

  succeed(): void {
    this.made += 1;
  }

  fail(reason: string): void {
    this.made += 1;
    this.failed += 1;
    if (this.#reasons.size < MAX_REASONS || this.#reasons.has(reason)) {
      this.#reasons.set(reason, (this.#reasons.get(reason) ?? 0) + 1);
    }
  }

  /** The reason of most failures. */
  get mainReason(): string | null {
    return [...this.#reasons].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
  }
}
