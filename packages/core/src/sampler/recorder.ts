import type { MemorySample } from '../model/sample.js';
import type { SeriesColumns } from '../series/columns.js';
import type { MemorySource } from '../source/process-source.js';
import { mergeRows } from './merge-rows.js';
import { createSampleLog } from './sample-log.js';
import type { SamplerLink } from './sampler-link.js';
import type { Ticker } from './ticker.js';

/** One stretch of time that is being recorded. */
export interface Recording {
  readonly intervalMs: number;
  readonly sinceMs: number;
  readonly startedAtEpochMs: number;
  readonly highWaterBytes: number;
  readonly first: MemorySample;
  readonly onFailure: (error: unknown) => void;
}

/** What a recording has so far. Plain data, because the two copies of the package share a recorder. */
export interface Recorded {
  readonly columns: SeriesColumns;
  readonly startedAtEpochMs: number;
  readonly rssHighWaterBytes: number | null;
}

export interface RecordingOptions {
  readonly intervalMs: number;
  /** Told of a reading that failed. */
  readonly onFailure: (error: unknown) => void;
}

/** Records any number of overlapping stretches of time with one timer and, for this process, the sampling thread. */
export interface Recorder {
  begin(options: RecordingOptions): Recording;
  /** What there is up to now. */
  peek(recording: Recording): Recorded;
  end(recording: Recording): Recorded;
  activeRecordings(): number;
}

export interface RecorderParts {
  readonly source: MemorySource;
  readonly ticker: Ticker;
  /** For this process alone: the sampling thread and the operating system's peak. */
  readonly process?: { readonly link: SamplerLink; readHighWaterBytes(): number };
}

export function createRecorder({ source, ticker, process: own }: RecorderParts): Recorder {
  const active = new Set<Recording>(); // in the order of their start
  const intervals = new Map<number, number>(); // how many recordings want each
  const log = createSampleLog();
  let timer: { readonly intervalMs: number; readonly ticking: Disposable } | undefined;

  const oldestMs = () => active.values().next().value?.sinceMs ?? Number.POSITIVE_INFINITY;

  const reportToAll = (error: unknown) => {
    for (const recording of active) recording.onFailure(error);
  };

  const tick = () => {
    try {
      log.append(source.read(), oldestMs());
    } catch (error) {
      reportToAll(error);
    }
  };

  const startTicking = (intervalMs: number): Disposable => {
    try {
      return ticker.every(intervalMs, tick);
    } catch (error) {
      reportToAll(error);
      return { [Symbol.dispose]() {} };
    }
  };

  const count = (intervalMs: number, change: number) => {
    const left = (intervals.get(intervalMs) ?? 0) + change;
    if (left === 0) intervals.delete(intervalMs);
    else intervals.set(intervalMs, left);
  };

  const retune = () => {
    const shortest = Math.min(...intervals.keys());
    if (timer?.intervalMs !== shortest) {
      timer?.ticking[Symbol.dispose]();
      timer = active.size === 0 ? undefined : { intervalMs: shortest, ticking: startTicking(shortest) };
    }
    if (active.size > 0) own?.link.want(shortest, oldestMs());
    else {
      own?.link.free();
      log.clear();
    }
  };

  const peek = (recording: Recording): Recorded => {
    const last = readOrReport(source, recording.onFailure);
    const { first, startedAtEpochMs, highWaterBytes } = recording;
    const highWaterNow = own?.readHighWaterBytes() ?? 0;
    const rows = own?.link.copyRows(first.timeMs, last.timeMs) ?? { times: NOTHING, rss: NOTHING };
    return {
      columns: mergeRows({ first, last, log, rows }),
      startedAtEpochMs,
      rssHighWaterBytes: highWaterNow > highWaterBytes ? highWaterNow : null,
    };
  };

  return {
    begin({ intervalMs, onFailure }) {
      const sinceMs = performance.now();
      const starting = {
        intervalMs,
        onFailure,
        sinceMs,
        first: UNREAD,
        startedAtEpochMs: 0,
        highWaterBytes: 0,
      };
      active.add(starting);
      count(intervalMs, 1);
      retune();
      // Read last, so that what it costs to begin is not part of what is measured.
      starting.highWaterBytes = own?.readHighWaterBytes() ?? 0;
      starting.startedAtEpochMs = Date.now();
      starting.first = readOrReport(source, onFailure);
      return starting;
    },
    peek,
    end(recording) {
      const recorded = peek(recording);
      if (active.delete(recording)) {
        count(recording.intervalMs, -1);
        retune();
      }
      return recorded;
    },
    activeRecordings: () => active.size,
  };
}

const NOTHING = new Float64Array(0);

const UNREAD: MemorySample = {
  timeMs: 0,
  rssBytes: Number.NaN,
  heapUsedBytes: null,
  heapTotalBytes: null,
  externalBytes: null,
  arrayBuffersBytes: null,
};

/** What is being measured goes on when a reading fails: the sample is then a moment without numbers. */
function readOrReport(source: MemorySource, onFailure: (error: unknown) => void): MemorySample {
  try {
    return source.read();
  } catch (error) {
    onFailure(error);
    return { ...UNREAD, timeMs: performance.now() };
  }
}
