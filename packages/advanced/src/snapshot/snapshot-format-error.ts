import { MemxError } from '@memx/core';

/** Where and why a text stopped being a heap snapshot. `seen` is what was found there. */
export function snapshotFormatError(expected: string, byteOffset: number | null, seen?: string): MemxError {
  const where = byteOffset === null ? '' : ` at byte ${byteOffset}`;
  return new MemxError('ERR_MEMX_SNAPSHOT_FORMAT', {
    what: `This is not a readable V8 heap snapshot: expected ${expected}${where}`,
    ...(seen === undefined ? {} : { value: seen }),
    remedy:
      'Take the snapshot again, let the writing finish, and give the .heapsnapshot file as V8 wrote it, unpacked.',
  });
}

/** A piece of the file: the bytes at hand, and where the first of them stands in the file. */
export interface SnapshotChunk {
  readonly bytes: Buffer;
  readonly byteOffset: number;
}

/** The error for the byte at index `at` of the chunk. */
export function unexpectedByte(expected: string, chunk: SnapshotChunk, at: number): MemxError {
  return snapshotFormatError(expected, chunk.byteOffset + at, chunk.bytes.toString('latin1', at, at + 20));
}
