import type { Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { MemxError } from '@memx/core';

const { createZstdCompress }: typeof zlib & { createZstdCompress?: () => Transform } = zlib;

/**
 * What packs a file of this name, or null for one that is written as it is. The fast levels: at brotli's default of 11
 * a snapshot would take minutes, and gzip's 6 takes three times as long as 1 for a file that is a quarter smaller.
 *
 * @throws MemxError `ERR_MEMX_UNSUPPORTED` for `.zst` where Node has no zstd (before 22.15)
 */
export function compressorFor(path: string): Transform | null {
  if (path.endsWith('.gz')) return zlib.createGzip({ level: 1 });
  if (path.endsWith('.br')) {
    return zlib.createBrotliCompress({ params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 3 } });
  }
  if (path.endsWith('.zst')) return (createZstdCompress ?? lacksZstd(path))();
  return null;
}

function lacksZstd(path: string): never {
  throw new MemxError('ERR_MEMX_UNSUPPORTED', {
    what: 'This Node has no zstd',
    value: path,
    remedy: 'Use a name that ends in .gz, or Node 22.15 or later.',
  });
}
