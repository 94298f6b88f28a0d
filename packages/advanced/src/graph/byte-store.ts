import { closeSync, readSync } from 'node:fs';
import { MemxError } from '@memx/core';

/** Parts of the snapshot's text that stay where they are until somebody asks for them. Offsets are those of the text. */
export interface ByteStore {
  /** A copy, or a view that is good until the next call. */
  read(byteOffset: number, lengthBytes: number): Buffer;
  close(): void;
}

/** What is asked for next is often near: reading so much costs little more than reading a name. */
const WINDOW_BYTES = 1 << 14;

/** The snapshot's own file, or a temporary one: `startOffset` is where its first byte stands in the text. */
export class FileBytes implements ByteStore {
  private readonly startOffset: number;
  private descriptor: number | null;
  private window: Buffer = Buffer.allocUnsafeSlow(WINDOW_BYTES);
  private windowOffset = 0;
  private filled = 0;

  constructor(descriptor: number, startOffset: number) {
    this.descriptor = descriptor;
    this.startOffset = startOffset;
  }

  read(byteOffset: number, lengthBytes: number): Buffer {
    const { windowOffset, filled } = this;
    if (byteOffset < windowOffset || byteOffset + lengthBytes > windowOffset + filled) {
      this.moveWindow(byteOffset, lengthBytes);
    }
    const from = byteOffset - this.windowOffset;
    return this.window.subarray(from, from + lengthBytes);
  }

  close(): void {
    if (this.descriptor !== null) closeSync(this.descriptor);
    this.descriptor = null;
    this.filled = 0;
  }

  private moveWindow(byteOffset: number, lengthBytes: number): void {
    if (this.descriptor === null) throw disposed();
    if (this.window.length < lengthBytes) this.window = Buffer.allocUnsafeSlow(lengthBytes);
    this.windowOffset = byteOffset;
    this.filled = 0;
    while (this.filled < lengthBytes) {
      const at = byteOffset - this.startOffset + this.filled;
      const bytesRead = readSync(
        this.descriptor,
        this.window,
        this.filled,
        this.window.length - this.filled,
        at,
      );
      if (bytesRead === 0) throw shrunk(byteOffset + this.filled);
      this.filled += bytesRead;
    }
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
