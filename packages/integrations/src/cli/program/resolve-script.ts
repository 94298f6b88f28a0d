import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { MemxError } from '@memx/core';

/**
 * The file that `node script` would run (Node adds `.js` and looks into folders).
 *
 * @throws MemxError `ERR_MEMX_PROGRAM` when there is none.
 */
export function resolveScript(script: string): string {
  const path = resolve(script);
  if (existsSync(path) && statSync(path).isFile()) return path;
  try {
    return createRequire(resolve('memx.cjs')).resolve(path);
  } catch (cause) {
    throw new MemxError('ERR_MEMX_PROGRAM', {
      what: 'There is no such program',
      value: script,
      remedy: 'Give the path of the file that you would give to node.',
      cause,
    });
  }
}
