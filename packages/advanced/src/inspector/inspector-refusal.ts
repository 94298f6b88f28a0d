import { MemxError } from '@memx/core';

/** V8's inspector said no, or nothing. */
export function inspectorRefusal(method: string, cause: Error | null): MemxError {
  return new MemxError('ERR_MEMX_PROTOCOL', {
    what: `The inspector refused ${method}`,
    value: cause?.message ?? 'no answer',
    remedy: 'Another debugger may hold this thread; detach it and try again.',
    ...(cause ? { cause } : {}),
  });
}

/** V8 answers a second start with success and lets both share the first one's interval: memx does not. */
export function samplingIsBusy(): MemxError {
  return new MemxError('ERR_MEMX_SESSION_BUSY', {
    what: 'A sampling heap profiler already runs in this thread',
    remedy: 'Stop the other profiler (DevTools, --heap-prof, another copy of memx) and start again.',
  });
}

export function inspectorIsClosed(): MemxError {
  return new MemxError('ERR_MEMX_DISPOSED', {
    what: 'The inspector session is closed',
    remedy: 'Open a new one.',
  });
}
