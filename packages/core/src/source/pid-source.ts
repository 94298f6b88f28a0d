import { builtin } from '../builtin.js';
import { MemxError } from '../errors.js';
import { checkNumber } from '../model/option-checks.js';
import type { MemorySample } from '../model/sample.js';
import { openStatm } from './statm.js';

/** Reads another process from outside; dispose it to close its descriptor. */
export interface PidSource extends Disposable {
  /** One reading, about 1 µs, with the resident set alone; null once the process has ended. */
  read(): MemorySample | null;
}

/**
 * Watches the resident set of another process through procfs. Its own descriptor names the process, so that a
 * reused number is never mistaken for it.
 *
 * @returns a source; `timeMs` is the time of this process
 * @throws MemxError `ERR_MEMX_INVALID_OPTION` when there is no such process, `ERR_MEMX_UNSUPPORTED` without procfs
 */
export function openPidSource(pid: number): PidSource {
  checkNumber('pid', pid, { min: 1, integer: true });
  const statm = openStatm(pid);
  if (statm === undefined) throw whyNotReadable(pid);
  return {
    read() {
      const rssBytes = statm.readRssBytes();
      if (rssBytes === 0) return null;
      return {
        timeMs: performance.now(),
        rssBytes,
        heapUsedBytes: null,
        heapTotalBytes: null,
        externalBytes: null,
        arrayBuffersBytes: null,
      };
    },
    [Symbol.dispose]: statm.close,
  };
}

function whyNotReadable(pid: number): MemxError {
  if (builtin('node:fs').existsSync('/proc/self/statm')) {
    return new MemxError('ERR_MEMX_INVALID_OPTION', {
      what: 'No process has this number',
      value: pid,
      remedy: 'Give the number of a running process.',
    });
  }
  return new MemxError('ERR_MEMX_UNSUPPORTED', {
    what: 'Another process can only be read through procfs, which this platform has not',
    value: process.platform,
    remedy: 'Track the program from inside, with globalTracker.',
  });
}
