import { createReadStream } from 'node:fs';
import { openWholeFile } from '../whole-file.js';

/**
 * Copies a file into one that is packed by its name (`.gz`, `.br`, `.zst`; else it stays as it is), whole or not at all,
 * mode 0600.
 *
 * @throws MemxError `ERR_MEMX_IO`, `ERR_MEMX_UNSUPPORTED` for `.zst` where Node has no zstd; the signal's own reason
 */
export async function packFile(
  from: string,
  to: string,
  signal?: AbortSignal,
): Promise<{ readonly writtenBytes: number }> {
  const sink = await openWholeFile(to);
  try {
    for await (const bytes of createReadStream(from, { highWaterMark: 1 << 20 })) {
      signal?.throwIfAborted();
      await sink.write(bytes);
    }
    return await sink.finish();
  } finally {
    await sink.discard();
  }
}
