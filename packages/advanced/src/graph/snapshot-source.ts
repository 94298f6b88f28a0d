import { closeSync, fstatSync, openSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as zlib from 'node:zlib';
import { MemxError } from '@memx/core';
import { readFilePieces } from '../snapshot/read-file-pieces.js';

/** One piece of a snapshot's text: V8's inspector gives strings, everything else bytes. */
export type SnapshotPiece = string | Uint8Array;

/** A file, or its text in pieces. Both may be packed with gzip, zstd or (by the ending `.br`) brotli. */
export type SnapshotSource = string | AsyncIterable<SnapshotPiece> | Iterable<SnapshotPiece>;

/** @see {@link openSnapshotSource} */
export interface OpenSource {
  /** The unpacked text; each piece is good until the next one is asked for. */
  readonly pieces: AsyncIterable<Buffer>;
  /** Bytes of the source taken so far, packed as they are. */
  readonly bytesTaken: () => number;
  /** All of its bytes; null where nobody knows. */
  readonly totalBytes: number | null;
  /** What the text can have at most; null where nobody knows. */
  readonly mostTextBytes: number | null;
  /** A plain file, whose text can be read again in any place. */
  readonly plainDescriptor: number | null;
  close(): void;
}

/** @throws MemxError `ERR_MEMX_IO`, `ERR_MEMX_UNSUPPORTED` where this Node cannot unpack it */
export async function openSnapshotSource(source: SnapshotSource): Promise<OpenSource> {
  if (typeof source !== 'string') return openPieces(source);
  const descriptor = openFile(source);
  let taken = 0;
  const pieces = counted(readFilePieces(descriptor, source), (bytes) => {
    taken += bytes;
  });
  try {
    const first = await takeFirst(pieces);
    const totalBytes = fstatSync(descriptor).size;
    const packing = /\.br$/i.test(source) ? 'brotli' : packingOf(first.bytes);
    return {
      pieces: packing === null ? first.all : unpack(first.all, packing),
      bytesTaken: () => taken,
      totalBytes,
      mostTextBytes: mostUnpacked(totalBytes, packing),
      plainDescriptor: packing === null ? descriptor : null,
      close: () => closeSync(descriptor),
    };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

async function openPieces(source: Exclude<SnapshotSource, string>): Promise<OpenSource> {
  let taken = 0;
  const first = await takeFirst(
    counted(toBuffers(source), (bytes) => {
      taken += bytes;
    }),
  );
  const packing = packingOf(first.bytes);
  return {
    pieces: packing === null ? first.all : unpack(first.all, packing),
    bytesTaken: () => taken,
    totalBytes: null,
    mostTextBytes: null,
    plainDescriptor: null,
    close: () => {},
  };
}

/** Deflate makes at most 1,032 bytes of one; the others have no such bound. */
function mostUnpacked(bytes: number, packing: Packing | null): number | null {
  if (packing === null) return bytes;
  return packing === 'gzip' ? bytes * 1032 : null;
}

type Packing = 'gzip' | 'zstd' | 'brotli';

function packingOf(bytes: Buffer): Packing | null {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'gzip';
  return bytes.length >= 4 && bytes.readUInt32LE(0) === 0xfd2fb528 ? 'zstd' : null;
}

async function* unpack(pieces: AsyncIterable<Buffer>, packing: Packing): AsyncGenerator<Buffer> {
  const unpacker = createUnpacker(packing);
  // The pieces' memory is used again, and a stream may hold on to what it was given.
  const copies = Readable.from(copied(pieces));
  const pumping = pipeline(copies, unpacker);
  pumping.catch(() => {});
  try {
    for await (const bytes of unpacker) yield bytes as Buffer;
    await pumping;
  } catch (cause) {
    if (cause instanceof MemxError) throw cause;
    throw new MemxError('ERR_MEMX_SNAPSHOT_FORMAT', {
      what: `The ${packing} data of the heap snapshot cannot be unpacked`,
      value: cause instanceof Error ? cause.message : cause,
      remedy: 'Pack the snapshot again, or give the .heapsnapshot file as V8 wrote it.',
      cause,
    });
  } finally {
    copies.destroy();
    unpacker.destroy();
  }
}

function createUnpacker(packing: Packing): NodeJS.ReadWriteStream & { destroy(): void } {
  const options = { chunkSize: 1 << 20 };
  if (packing === 'gzip') return zlib.createGunzip(options);
  if (packing === 'brotli') return zlib.createBrotliDecompress(options);
  // Node 22.15 and 23.8 brought zstd.
  const create: unknown = Reflect.get(zlib, 'createZstdDecompress');
  if (typeof create === 'function') return create(options);
  throw new MemxError('ERR_MEMX_UNSUPPORTED', {
    what: 'This Node cannot unpack zstd',
    value: process.version,
    remedy: 'Use Node 22.15 or later, or unpack it first: zstd -d FILE.',
  });
}

async function takeFirst(
  pieces: AsyncGenerator<Buffer>,
): Promise<{ bytes: Buffer; all: AsyncIterable<Buffer> }> {
  const first = await pieces.next();
  const bytes = first.done === true ? Buffer.alloc(0) : first.value;
  async function* all(): AsyncGenerator<Buffer> {
    yield bytes;
    yield* pieces;
  }
  return { bytes, all: all() };
}

async function* toBuffers(pieces: Exclude<SnapshotSource, string>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    if (piece.length === 0) continue;
    yield typeof piece === 'string'
      ? Buffer.from(piece, 'utf8')
      : Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
  }
}

async function* counted(
  pieces: AsyncIterable<Buffer>,
  count: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    count(piece.length);
    yield piece;
  }
}

async function* copied(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) yield Buffer.from(piece);
}

function openFile(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (cause) {
    throw new MemxError('ERR_MEMX_IO', {
      what: 'The heap snapshot could not be read',
      value: path,
      remedy: 'Check that the file exists and may be read.',
      cause,
    });
  }
}
