import type { Writable } from 'node:stream';
import { checkFunction, checkOneOf, checkOptions, MemxError } from '@memx/core';
import { priceReading, type SnapshotPrice } from '../price/snapshot-price.js';
import { readFreeDisk } from './free-disk.js';
import type { HeapSource } from './heap-source.js';
import { OwnHeapSource } from './own-heap-source.js';
import { refuseTooExpensive } from './refuse-too-expensive.js';
import { openSpoolFile, type SpoolFile } from './spool-file.js';

/** How far a snapshot is. Before `walking`, V8's collections; after `writing`, the packing. */
export type TakeSnapshotProgress =
  | { readonly phase: 'priced'; readonly price: SnapshotPrice }
  | { readonly phase: 'walking'; readonly doneFraction: number }
  | { readonly phase: 'writing'; readonly writtenBytes: number };

/** @see {@link takeSnapshot} */
export interface TakeSnapshotOptions {
  /** A file, packed if its name ends in `.gz`, `.br` or `.zst`; or a stream, which is ended. */
  readonly to: string | Writable;
  /** Take it even if it is predicted not to fit. Default false. */
  readonly force?: boolean;
  /** Whose heap. Default: the calling thread's. */
  readonly source?: HeapSource;
  /** V8 cannot be stopped: the thread stands still to the end, but nothing is kept. */
  readonly signal?: AbortSignal;
  /** Called while the thread stands still. `walking` only for another process: V8's reports of its own thread crash it. */
  readonly onProgress?: (progress: TakeSnapshotProgress) => void;
}

/** @see {@link takeSnapshot} */
export interface TakenSnapshot {
  /** Of the file, or of the text for a stream. */
  readonly writtenBytes: number;
  /** From V8's start to the last piece of its text. */
  readonly pauseMs: number;
  /** What was predicted. */
  readonly price: SnapshotPrice;
}

/**
 * Writes a heap snapshot: priced first, refused when it would not fit into memory (the container's, too) or on the disk.
 *
 * The thread stands still for the predicted `pauseMs`: 2 to 5 µs an object. The text goes straight to disk, as V8 makes
 * it, so this adds a few MiB to what V8 takes; for a packed file or a stream it is kept in a temporary file of mode 0600
 * until the pause is over. The file is written whole or not at all, mode 0600.
 *
 * ```ts
 * const { pauseMs } = await takeSnapshot({ to: 'now.heapsnapshot.gz' });
 * ```
 *
 * @throws MemxError `ERR_MEMX_TOO_EXPENSIVE`, `ERR_MEMX_IO`, `ERR_MEMX_ABORTED`, `ERR_MEMX_PROTOCOL`, `ERR_MEMX_INVALID_OPTION`
 */
export async function takeSnapshot(options: TakeSnapshotOptions): Promise<TakenSnapshot> {
  checkOptions('takeSnapshot', options, ['to', 'force', 'source', 'signal', 'onProgress']);
  const { to, signal } = options;
  checkTarget(to);
  const force = checkOneOf('force', options.force ?? false, [true, false]);
  const onProgress = checkFunction('onProgress', options.onProgress) ?? (() => {});
  throwIfAborted(signal);
  using own = options.source ? null : new OwnHeapSource();
  const source = options.source ?? (own as HeapSource);
  const price = priceReading(await source.read());
  onProgress({ phase: 'priced', price });
  throwIfAborted(signal);
  if (!force) refuseTooExpensive(price, readFreeDisk(typeof to === 'string' ? to : null));
  const spool = openSpoolFile(to);
  try {
    const pauseMs = await streamInto(spool, { source, signal, onProgress });
    const { writtenBytes } = await spool.finish(signal).catch((error) => {
      throwIfAborted(signal);
      throw error;
    });
    return { writtenBytes, pauseMs, price };
  } finally {
    spool.discard();
  }
}

interface StreamOptions {
  readonly source: HeapSource;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (progress: TakeSnapshotProgress) => void;
}

async function streamInto(spool: SpoolFile, { source, signal, onProgress }: StreamOptions): Promise<number> {
  let failure: unknown;
  const startMs = performance.now();
  let endMs = startMs;
  // Nobody stands above an inspector's callback: what fails in there is told afterwards.
  const guarded = (step: () => void) => {
    if (failure !== undefined || signal?.aborted) return;
    try {
      step();
    } catch (error) {
      failure = error;
    }
  };
  const aborted = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  aborted.catch(() => {});
  const streaming = source.stream(
    (text) =>
      guarded(() => {
        spool.write(text);
        endMs = performance.now();
        onProgress({ phase: 'writing', writtenBytes: spool.writtenBytes });
      }),
    ({ doneFraction }) => guarded(() => onProgress({ phase: 'walking', doneFraction })),
  );
  try {
    await Promise.race([streaming, aborted]);
  } catch (error) {
    throwIfAborted(signal);
    throw error;
  }
  throwIfAborted(signal);
  if (failure !== undefined) throw failure;
  return endMs - startMs;
}

function checkTarget(to: string | Writable): void {
  if (typeof to === 'string' ? to !== '' : typeof to?.write === 'function') return;
  throw new MemxError('ERR_MEMX_INVALID_OPTION', {
    what: 'Invalid to',
    value: to,
    remedy: 'Give the path of a file, or a writable stream.',
  });
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw new MemxError('ERR_MEMX_ABORTED', {
    what: 'Taking the heap snapshot was cancelled',
    remedy: 'Nothing was written; take it again.',
    cause: signal.reason,
  });
}
