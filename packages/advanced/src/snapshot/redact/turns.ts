import { setImmediate } from 'node:timers/promises';
import { MemxError } from '@memx/core';

/** Between two looks at the clock of the event loop. */
const TURN_BYTES = 1 << 20;

/** @see {@link Turns} */
export interface TurnsOptions {
  readonly totalBytes: number;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((progress: { readonly fraction: number }) => void) | undefined;
}

/** Lets others have their turn while a file is worked through, tells how far it is, and hears when it is to stop. */
export class Turns {
  private readonly options: TurnsOptions;
  private doneBytes = 0;
  private lastPosition = 0;
  private seenPosition = 0;
  private nextTurn = TURN_BYTES;

  constructor(options: TurnsOptions) {
    this.options = options;
  }

  /** A pass begins at this place of the file. */
  startAt(position: number): void {
    // What the pass before did since its last turn counts as well.
    this.doneBytes += this.seenPosition - this.lastPosition;
    this.lastPosition = position;
    this.seenPosition = position;
  }

  /** Whether it is time for {@link take}; cheap enough for every record. */
  isDue(position: number): boolean {
    this.seenPosition = position;
    return this.doneBytes + position - this.lastPosition >= this.nextTurn;
  }

  async take(position: number): Promise<void> {
    this.doneBytes += position - this.lastPosition;
    this.lastPosition = position;
    this.seenPosition = position;
    this.nextTurn = this.doneBytes + TURN_BYTES;
    this.options.onProgress?.({ fraction: Math.min(1, this.doneBytes / this.options.totalBytes) });
    await setImmediate();
    this.check();
  }

  /** @throws MemxError `ERR_MEMX_ABORTED` */
  check(): void {
    const { signal } = this.options;
    if (!signal?.aborted) return;
    throw new MemxError('ERR_MEMX_ABORTED', {
      what: 'Redacting the heap snapshot was cancelled',
      remedy: 'Nothing was written; start again.',
      cause: signal.reason,
    });
  }
}
