import type { SnapshotChunk } from './snapshot-format-error.js';

/**
 * Reads one JSON value that may be spread over any number of chunks.
 *
 * `read` takes what it can from `chunk.bytes[from]` on and returns the index after the last byte it took; it is
 * called again with the next chunk until `done`.
 */
export interface ValueReader {
  readonly done: boolean;
  read(chunk: SnapshotChunk, from: number): number;
}

/** A {@link ValueReader} of an array of records, which counts them. */
export interface RecordReader extends ValueReader {
  readonly recordCount: number;
}
