import { closeSync, readSync } from 'node:fs';
import { MemxError } from '@memx/core';

/** Parts of the snapshot's text that stay where they are until somebody asks for them. Offsets are those of the text. */
export interface ByteStore {
  /** A copy, or a view that is good until the next call. */
  read(byteOffset: number, lengthBytes: number): Buffer;
  close(): void;
}

/** The snapshot's own file, or a temporary one: `startOffset` is where its first byte stands in the text. */
export class FileBytes implements ByteStore {
  private readonly startOffset: number;
  private descriptor: number | null;
  private scratch = Buffer.alloc(0);

  constructor(descriptor: number, startOffset: number) {
    this.descriptor = descriptor;
    this.startOffset = startOffset;
  }

  read(byteOffset: number, lengthBytes: number): Buffer {
    if (this.descriptor === null) throw disposed();
    if (this.scratch.length < lengthBytes) this.scratch = Buffer.allocUnsafeSlow(Math.max(lengthBytes, 4096));
    let filled = 0;
    while (filled < lengthBytes) {
      const at = byteOffset - this.startOffset + filled;
      const bytesRead = readSync(this.descriptor, this.scratch, filled, lengthBytes - filled, at);
      if (bytesRead === 0) throw shrunk(byteOffset + filled);
      filled += bytesRead;
    }
    return this.scratch.subarray(0, lengthBytes);
  }

  close(): void {
    if (this.descriptor !== null) closeSync(this.descriptor);
    this.descriptor = null;
  }
}

/** The same, for a text that is small enough to be kept. */
export class MemoryBytes implements ByteStore {
  private readonly startOffset: number;
  private bytes: Buffer;

  constructor(bytes: Buffer, startOffset: number) {
    this.bytes = bytes;
    this.startOffset = startOffset;
  }

  read(byteOffset: number, lengthBytes: number): Buffer {
    const from = byteOffset - this.startOffset;
    return this.bytes.subarray(from, from + lengthBytes);
  }

  close(): void {
    this.bytes = Buffer.alloc(0);
  }
}

function disposed(): MemxError {
  return new MemxError('ERR_MEMX_DISPOSED', {
    what: 'The heap graph was disposed, and its names with it',
    remedy: 'Ask for names before disposing it.',
  });
}

function shrunk(byteOffset: number): MemxError {
  return new MemxError('ERR_MEMX_IO', {
    what: 'The heap snapshot ended earlier than when it was opened, at byte',
    value: byteOffset,
    remedy: 'Leave the file alone while its graph is open.',
  });
}
