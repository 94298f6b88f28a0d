import { MemxError } from '../errors.js';
import type { MemorySample } from '../model/sample.js';
import type { MemorySource } from '../source/process-source.js';

/** A sample of which only the interesting numbers are written down. */
export type ScriptedSample = Partial<MemorySample>;

/** A source that reads from a script. */
export interface ScriptedSource extends MemorySource {
  /** How many samples have been read. */
  readonly reads: number;
}

/**
 * A source that reads these samples one after the other, and the last one ever after. Numbers that are left out are
 * those of the sample before; time goes on by 1 ms unless it is given, also after the last.
 *
 * ```ts
 * const source = scriptedSource([{ rssBytes: 100 }, { rssBytes: 300 }, { rssBytes: 200 }]);
 * ```
 *
 * @throws MemxError `ERR_MEMX_INVALID_OPTION` without samples
 */
export function scriptedSource(samples: readonly ScriptedSample[]): ScriptedSource {
  if (samples.length === 0) {
    throw new MemxError('ERR_MEMX_INVALID_OPTION', {
      what: 'A scripted source has nothing to read',
      remedy: 'Give at least one sample.',
    });
  }
  let reads = 0;
  let last: MemorySample = {
    timeMs: -1,
    rssBytes: 0,
    heapUsedBytes: null,
    heapTotalBytes: null,
    externalBytes: null,
    arrayBuffersBytes: null,
  };
  return {
    read() {
      last = { ...last, timeMs: last.timeMs + 1, ...samples[reads] };
      reads++;
      return last;
    },
    get reads() {
      return reads;
    },
  };
}
