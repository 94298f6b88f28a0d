import { mkdtempSync, openSync, rmSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemxError } from '@memx/core';
import { type ByteStore, FileBytes, MemoryBytes } from './byte-store.js';

/** A text up to this size is kept in memory: a temporary file is worth it only where memory is what runs out. */
const MEMORY_LIMIT_BYTES = 32 << 20;

/**
 * Keeps the end of a text that cannot be read again (a stream, a packed file), for the names in it: in memory while it
 * is small, else unpacked in a temporary file that only this process can read and that has no name any more.
 */
export class TextSpool {
  private readonly folder: string;
  private readonly startOffset: number;
  private kept: Buffer[] = [];
  private keptBytes = 0;
  private file: TemporaryFile | null = null;

  constructor(startOffset: number, folder = tmpdir()) {
    this.startOffset = startOffset;
    this.folder = folder;
  }

  /** The bytes are copied. */
  write(bytes: Uint8Array): void {
    if (this.file === null && this.keptBytes + bytes.length > MEMORY_LIMIT_BYTES) this.moveToFile();
    if (this.file !== null) writeWhole(this.file.descriptor, bytes);
    else this.kept.push(Buffer.from(bytes));
    this.keptBytes += bytes.length;
  }

  /** What was written, to be read; it owns the file from now on. */
  finish(): ByteStore {
    const { file, kept, startOffset } = this;
    this.kept = [];
    this.file = null;
    if (file === null) return new MemoryBytes(Buffer.concat(kept), startOffset);
    const bytes = new FileBytes(file.descriptor, startOffset);
    return {
      read: (byteOffset, lengthBytes) => bytes.read(byteOffset, lengthBytes),
      close: () => {
        bytes.close();
        file.remove();
      },
    };
  }

  /** Lets everything go; harmless after {@link finish}. */
  discard(): void {
    if (this.file !== null || this.kept.length > 0) this.finish().close();
  }

  private moveToFile(): void {
    this.file = createTemporaryFile(this.folder);
    for (const bytes of this.kept) writeWhole(this.file.descriptor, bytes);
    this.kept = [];
  }
}

interface TemporaryFile {
  readonly descriptor: number;
  readonly remove: () => void;
}

/** 0600 in a folder of its own. Without a name from the start where the system allows it: a crash leaves nothing. */
function createTemporaryFile(folder: string): TemporaryFile {
  try {
    const own = mkdtempSync(join(folder, 'memx-names-'));
    const path = join(own, 'names');
    const descriptor = openSync(path, 'wx+', 0o600);
    const remove = () => rmSync(own, { recursive: true, force: true });
    try {
      unlinkSync(path);
      remove();
      return { descriptor, remove: () => {} };
    } catch {
      // Windows keeps the name of an open file: it goes when the graph does.
      return { descriptor, remove };
    }
  } catch (cause) {
    throw new MemxError('ERR_MEMX_IO', {
      what: 'The names of a heap snapshot that cannot be read twice found no temporary file',
      value: folder,
      remedy: 'Give a tempFolder that is writable and has room for the unpacked snapshot.',
      cause,
    });
  }
}

function writeWhole(descriptor: number, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(descriptor, bytes, written, bytes.length - written);
    } catch (cause) {
      throw new MemxError('ERR_MEMX_IO', {
        what: 'The names of a heap snapshot could not be written to a temporary file',
        remedy: 'Make room, or give a tempFolder that has room for the unpacked snapshot.',
        cause,
      });
    }
  }
}
