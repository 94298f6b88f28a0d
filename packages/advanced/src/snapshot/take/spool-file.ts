import { randomBytes } from 'node:crypto';
import { closeSync, createReadStream, openSync, realpathSync, renameSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { compressorFor } from '../compression.js';
import { notWritten } from '../whole-file.js';
import { packFile } from './pack-file.js';

/** Where a snapshot's text goes while the thread that V8 walks stands still, so that nothing asynchronous can run. */
export interface SpoolFile {
  /** @throws MemxError `ERR_MEMX_IO` */
  write(text: string): void;
  readonly writtenBytes: number;
  /** Brings the text where it belongs, packed if its name says so. */
  finish(signal: AbortSignal | undefined): Promise<{ readonly writtenBytes: number }>;
  /** Leaves nothing behind. After `finish` it does nothing. */
  discard(): void;
}

/**
 * Opens a file of mode 0600 beside the target (or among the temporary files, for a stream), which gets the text as it is.
 * Packing comes after the pause: it would make it half as long again.
 *
 * @throws MemxError `ERR_MEMX_IO`, `ERR_MEMX_UNSUPPORTED` for `.zst` where Node has no zstd
 */
export function openSpoolFile(to: string | Writable): SpoolFile {
  if (typeof to === 'string') compressorFor(to)?.destroy(); // refuses now, not after the pause
  const name = `${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
  const target = typeof to === 'string' ? resolveLinks(to) : null;
  const spool = target === null ? join(tmpdir(), `memx-snapshot.${name}`) : `${target}.${name}`;
  const shown = typeof to === 'string' ? to : spool;
  const fd = attempt(shown, () => openSync(spool, 'wx', 0o600));
  let isOpen = true;
  let isThere = true;
  let writtenBytes = 0;
  const close = () => {
    if (isOpen) closeSync(fd);
    isOpen = false;
  };
  const discard = () => {
    close();
    if (isThere) rmSync(spool, { force: true });
    isThere = false;
  };
  return {
    write(text) {
      // V8's text is ASCII.
      const bytes = Buffer.from(text, 'latin1');
      for (let at = 0; at < bytes.length; ) at += attempt(shown, () => writeSync(fd, bytes, at));
      writtenBytes += bytes.length;
    },
    get writtenBytes() {
      return writtenBytes;
    },
    async finish(signal) {
      close();
      if (target !== null && compressorFor(shown) === null) {
        attempt(shown, () => renameSync(spool, target));
        isThere = false;
        return { writtenBytes };
      }
      try {
        if (target !== null) return await packFile(spool, shown, signal);
        await pipeline(createReadStream(spool), to as Writable, { ...(signal ? { signal } : {}) });
        return { writtenBytes };
      } finally {
        discard();
      }
    },
    discard,
  };
}

function resolveLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function attempt<T>(path: string, step: () => T): T {
  try {
    return step();
  } catch (cause) {
    throw notWritten(path, cause);
  }
}
