import { type FileHandle, open } from 'node:fs/promises';
import { MemxError } from '@memx/core';
import { type HistogramOptions, HistogramReader } from './histogram-reader.js';
import type { SnapshotHistogram } from './snapshot-histogram.js';

/** @see {@link readHistogramFile} */
export interface HistogramFileOptions extends HistogramOptions {
  readonly signal?: AbortSignal;
  /** Called after each piece of the file. */
  readonly onProgress?: (progress: { readonly bytesRead: number; readonly totalBytes: number }) => void;
}

/** 1 to 4 MiB read equally fast (Node 20.20). */
const CHUNK_BYTES = 1 << 20;

/**
 * Counts a .heapsnapshot file by type without ever holding it: 257 MB with 3.3 million nodes take 0.25 s once the code is
 * warm, and about twice that in a fresh process of 55 MiB (Node 20.20, two shared cores).
 *
 * @throws MemxError `ERR_MEMX_SNAPSHOT_FORMAT` when it is none or cut short, `ERR_MEMX_IO` when it cannot be read,
 * `ERR_MEMX_ABORTED` when `signal` says so
 */
export async function readHistogramFile(
  path: string,
  options: HistogramFileOptions = {},
): Promise<SnapshotHistogram> {
  const reader = new HistogramReader(options);
  const file = await open(path).catch((cause) => {
    throw unreadable(path, cause);
  });
  try {
    const totalBytes = (await file.stat()).size;
    let bytesRead = 0;
    for await (const bytes of readAhead(file, path)) {
      throwIfAborted(options.signal);
      reader.write(bytes);
      bytesRead += bytes.length;
      options.onProgress?.({ bytesRead, totalBytes });
    }
    return reader.end();
  } finally {
    await file.close();
  }
}

/** The file in pieces, each good until the next one is asked for; the one after it is read meanwhile. */
async function* readAhead(file: FileHandle, path: string): AsyncGenerator<Buffer> {
  const read = (buffer: Buffer) => {
    const reading = file.read(buffer, 0, buffer.length);
    // A piece that nobody asks for any more may fail unheard.
    reading.catch(() => {});
    return reading;
  };
  let spare: Buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  let ahead = read(Buffer.allocUnsafeSlow(CHUNK_BYTES));
  for (;;) {
    const { bytesRead, buffer } = await ahead.catch((cause) => {
      throw unreadable(path, cause);
    });
    if (bytesRead === 0) return;
    ahead = read(spare);
    spare = buffer;
    yield buffer.subarray(0, bytesRead);
  }
}

/** Counts a snapshot that comes as a stream, such as `v8.getHeapSnapshot()` or an unpacked download. */
export async function readHistogram(
  chunks: AsyncIterable<string | Uint8Array>,
  options: HistogramOptions = {},
): Promise<SnapshotHistogram> {
  const reader = new HistogramReader(options);
  for await (const chunk of chunks) reader.write(chunk);
  return reader.end();
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw new MemxError('ERR_MEMX_ABORTED', {
    what: 'Reading the heap snapshot was cancelled',
    remedy: 'Read it again to go on.',
    cause: signal.reason,
  });
}

function unreadable(path: string, cause: unknown): MemxError {
  return new MemxError('ERR_MEMX_IO', {
    what: 'The heap snapshot could not be read',
    value: path,
    remedy: 'Check that the file exists and may be read.',
    cause,
  });
}
