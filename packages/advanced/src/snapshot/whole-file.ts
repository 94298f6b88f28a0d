import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { realpath, rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { MemxError } from '@memx/core';
import { compressorFor } from './compression.js';

/** Bytes on their way into a file or stream. */
export interface ByteSink {
  /** Resolves when the bytes may be used again. */
  write(bytes: Buffer): Promise<void>;
  /** All is written: the file takes its place. */
  finish(): Promise<{ readonly writtenBytes: number }>;
  /** Leaves nothing behind. After `finish` it does nothing. */
  discard(): Promise<void>;
}

/**
 * Opens a file that is written whole or not at all: under a temporary name beside it, mode 0600, which takes the place
 * in the end. A name that ends in `.gz`, `.br` or `.zst` is packed while it is written.
 *
 * @throws MemxError `ERR_MEMX_IO`, `ERR_MEMX_UNSUPPORTED` for `.zst` where Node has no zstd
 */
export async function openWholeFile(path: string): Promise<ByteSink> {
  const compressor = compressorFor(path);
  const target = await realpath(path).catch(() => path);
  const temporary = `${target}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
  const file = createWriteStream(temporary, { mode: 0o600, flags: 'wx' });
  const head = compressor ?? file;
  let failure: unknown;
  const closed = (
    compressor
      ? pipeline(compressor, file)
      : new Promise<void>((resolve, reject) => file.once('close', resolve).once('error', reject))
  ).catch((error) => {
    failure = error;
  });
  const fail = (cause: unknown) => notWritten(path, failure ?? cause);
  await new Promise<void>((resolve, reject) => {
    file.once('open', () => resolve());
    file.once('error', (cause) => reject(notWritten(path, cause)));
  });
  let settled = false;
  return {
    write: (bytes) =>
      new Promise((resolve, reject) => {
        if (failure !== undefined) reject(fail(failure));
        else head.write(bytes, (error) => (error ? reject(fail(error)) : resolve()));
      }),
    async finish() {
      head.end();
      await closed;
      if (failure !== undefined) throw fail(failure);
      try {
        await rename(temporary, target);
        settled = true;
        return { writtenBytes: (await stat(target)).size };
      } catch (cause) {
        throw fail(cause);
      }
    },
    async discard() {
      if (settled) return;
      settled = true;
      head.destroy();
      file.destroy();
      await closed;
      await rm(temporary, { force: true }).catch(() => {});
    },
  };
}

/** What went wrong with a file that was to be written. */
export function notWritten(path: string, cause: unknown): MemxError {
  const isFull = (cause as NodeJS.ErrnoException | undefined)?.code === 'ENOSPC';
  return new MemxError('ERR_MEMX_IO', {
    what: isFull ? 'The disk is full; the file was not written' : 'A file could not be written',
    value: path,
    remedy: isFull
      ? 'Free some space, or give a path on another disk.'
      : 'Give a path in a folder that exists and may be written to.',
    cause,
  });
}
