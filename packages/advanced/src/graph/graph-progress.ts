import { MemxError } from '@memx/core';

/** What {@link HeapGraph.open} is doing. */
export interface GraphProgress {
  readonly phase: string;
  /** While reading: bytes of the source. Afterwards: steps. */
  readonly done: number;
  /** Null while nobody knows. */
  readonly total: number | null;
}

/** @see {@link HeapGraph.open} */
export interface OpenGraphOptions {
  /** Looked at between pieces of the text and between the steps of the analysis, of up to a second for a gigabyte. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: GraphProgress) => void;
  /** Where a source that cannot be read twice leaves its names. Default: the system's folder for temporary files. */
  readonly tempFolder?: string;
}

/** Tells how far it is and stops when asked to. */
export class GraphSteps {
  private readonly options: OpenGraphOptions;
  private readonly steps: number;
  private step = 0;

  constructor(options: OpenGraphOptions, steps: number) {
    this.options = options;
    this.steps = steps;
  }

  read(done: number, total: number | null): void {
    this.throwIfAborted();
    this.options.onProgress?.({ phase: 'read', done, total });
  }

  /** Before a step: the event loop gets a turn, in which a signal may come. */
  async begin(phase: string): Promise<void> {
    this.options.onProgress?.({ phase, done: this.step++, total: this.steps });
    await new Promise((resolve) => setImmediate(resolve));
    this.throwIfAborted();
  }

  throwIfAborted(): void {
    const { signal } = this.options;
    if (!signal?.aborted) return;
    throw new MemxError('ERR_MEMX_ABORTED', {
      what: 'Opening the heap graph was cancelled',
      remedy: 'Open it again to go on.',
      cause: signal.reason,
    });
  }
}
