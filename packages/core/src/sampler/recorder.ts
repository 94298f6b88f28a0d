import { reportFailure } from '../model/report-failure.js';
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
  readonly onError: ((error: unknown) => void) | undefined;
  /** Readings from this time on belong to it, by the clock of the source. */
  readonly fromMs: number;
  /** Undefined when the first reading failed. */
  readonly first: MemorySample | undefined;
  readonly startedAtEpochMs: number;
  readonly highWaterBytes: number;
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
  readonly onError: ((error: unknown) => void) | undefined;
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
  // A timer for each interval: a single one, set anew with every change, might never come to ring.
  const beats = new Map<number, { recordings: number; readonly ticking: Disposable }>();
  const log = createSampleLog();

  const oldestMs = () => active.values().next().value?.fromMs ?? Number.POSITIVE_INFINITY;

  const reportToAll = (error: unknown) => {
    for (const { onError } of active) reportFailure(onError, error);
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

  const joinBeat = (intervalMs: number) => {
    const beat = beats.get(intervalMs);
    if (beat === undefined) beats.set(intervalMs, { recordings: 1, ticking: startTicking(intervalMs) });
    else beat.recordings++;
  };

  const leaveBeat = (intervalMs: number) => {
    const beat = beats.get(intervalMs);
    if (beat === undefined || --beat.recordings > 0) return;
    beats.delete(intervalMs);
    beat.ticking[Symbol.dispose]();
  };

  const tellSampler = () => {
    if (active.size > 0) own?.link.want(Math.min(...beats.keys()), oldestMs());
    else own?.link.free();
  };

  const peek = (recording: Recording): Recorded => {
    const last = readOrReport(source, recording.onError);
    const { first, fromMs, startedAtEpochMs, highWaterBytes } = recording;
    const highWaterNow = own?.readHighWaterBytes() ?? 0;
    const toMs = last?.timeMs ?? Number.POSITIVE_INFINITY;
    const rows = own?.link.copyRows(fromMs, toMs);
    return {
      columns: mergeRows({ first, last, log: log.find(fromMs, toMs), rows }),
      startedAtEpochMs,
      rssHighWaterBytes: highWaterNow > highWaterBytes ? highWaterNow : null,
    };
  };

  return {
    begin({ intervalMs, onError }) {
      const starting = {
        intervalMs,
        onError,
        fromMs: own === undefined ? Number.NEGATIVE_INFINITY : performance.now(),
        first: undefined as MemorySample | undefined,
        startedAtEpochMs: Date.now(),
        highWaterBytes: own?.readHighWaterBytes() ?? 0,
      };
      active.add(starting);
      joinBeat(intervalMs);
      tellSampler();
      // Read last, so that what it costs to begin is not part of what is measured.
      starting.first = readOrReport(source, onError);
      starting.fromMs = starting.first?.timeMs ?? starting.fromMs;
      return starting;
    },
    peek,
    end(recording) {
      const recorded = peek(recording);
      if (!active.delete(recording)) return recorded;
      leaveBeat(recording.intervalMs);
      tellSampler();
      if (active.size === 0) log.clear();
      return recorded;
    },
    activeRecordings: () => active.size,
  };
}

/** What is being measured goes on when a reading fails. */
function readOrReport(source: MemorySource, onError: Recording['onError']): MemorySample | undefined {
  try {
    return source.read();
  } catch (error) {
    reportFailure(onError, error);
    return undefined;
  }
}
