import { formatBytes } from '@memx/core';

/** One line on a terminal's stderr that is written over; nothing at all when stderr is no terminal. */
export class ProgressLine {
  readonly #stream = process.stderr;

  update(elapsedMs: number, durationMs: number | null, heapUsedBytes: number): void {
    if (!this.#stream.isTTY) return;
    const elapsed = `${Math.round(elapsedMs / 1000)} s`;
    const whole = durationMs === null ? elapsed : `${elapsed} of ${Math.round(durationMs / 1000)} s`;
    this.#stream.write(`\r\x1b[Kmemx  ${whole}  heap ${formatBytes(heapUsedBytes)}`);
  }

  /** Any text that fits on a line. */
  show(text: string): void {
    if (this.#stream.isTTY) this.#stream.write(`\r\x1b[Kmemx  ${text}`);
  }

  clear(): void {
    if (this.#stream.isTTY) this.#stream.write('\r\x1b[K');
  }
}
