import { MemxError } from '@memx/core';

export function profileFormatError(what: string, value: unknown, cause?: unknown): MemxError {
  return new MemxError('ERR_MEMX_PROFILE_FORMAT', {
    what,
    value,
    remedy: 'Give a whole .heapprofile, pprof, speedscope, collapsed-stacks or memx.allocations/1 file.',
    ...(cause === undefined ? {} : { cause }),
  });
}
