import { MemxError, type MemxErrorCode } from '@memx/core';
import type { LineWriterOptions } from '../../allocation/write-line.js';
import type { LeakEvidence } from '../evidence.js';
import type { LeakReport } from '../leak-report.js';

/** How a watch is run. All durations in milliseconds. */
export interface WatchOptions {
  readonly durationMs: number;
  /** Wished time between two rounds; a round waits longer when its pause would exceed the budget. */
  readonly roundMs: number;
  /** Mean bytes between two samples of V8's heap profiler. */
  readonly samplingIntervalBytes: number;
  /** The share of the program's time that sampling may take before its interval is widened; null to leave it as it is. */
  readonly samplingBudget: number | null;
  /**
   * The program is to keep its pace: V8 may inline its functions, though what is not instrumented may then be charged for what
   * it calls, and is given time to mark before each collection.
   */
  readonly keepsPace: boolean;
  /** How many times the live objects are counted by type; 0 for never. Each one costs a heap snapshot's pause. */
  readonly typeReadings: number;
  /** The share of the watch's time for which its rounds may stop the program. */
  readonly pauseBudget: number;
  /** The share of the watch's time for which its type readings may stop the program. */
  readonly typePauseBudget: number;
  /** Files whose allocations are memx's own. */
  readonly ignoredFiles: readonly string[];
  /** What an update carries: a verdict, or what one is made of (up to hundreds of KiB a round). */
  readonly publish: 'report' | 'evidence';
  /** Watch the workers, too, that run `serveIsolate`. */
  readonly workers: boolean;
  /** End as soon as the leak is beyond doubt (see `LeakReport.sureAtMs`), where reports are published. */
  readonly untilSure: boolean;
  /** Where the snapshots of the last type readings are kept, for the paths in them; null to keep none. */
  readonly snapshotFolder: string | null;
}

/** What a watch tells after each round, and when it could not go on. */
export type WatchUpdate =
  | {
      readonly kind: 'round' | 'final';
      readonly elapsedMs: number;
      readonly heapUsedBytes: number;
      readonly content: WatchContent;
    }
  | { readonly kind: 'failed'; readonly failure: WatchFailure };

/** As {@link WatchOptions.publish} asks. */
export type WatchContent =
  /** With the last report, what it was made of, where snapshots are kept: paths are found with it. */
  | { readonly kind: 'report'; readonly report: LeakReport; readonly evidence: LeakEvidence | null }
  | { readonly kind: 'evidence'; readonly evidence: LeakEvidence };

export interface WatchFailure {
  readonly code: MemxErrorCode;
  readonly message: string;
  readonly remedy: string;
}

export interface WatchTask {
  readonly options: WatchOptions;
  /** Where updates go as lines of JSON, so that they leave a process whose main thread is busy; null for messages. */
  readonly lines: LineWriterOptions | null;
}

/** Errors lose their class between threads and processes. */
export function toWatchFailure(error: unknown): WatchFailure {
  if (error instanceof MemxError) {
    const { code, message, remedy } = error;
    return { code, message, remedy };
  }
  return {
    code: 'ERR_MEMX_PROTOCOL',
    message: error instanceof Error ? error.message : String(error),
    remedy: 'Please report this, with the Node version and what the program does.',
  };
}

export function fromWatchFailure({ code, message, remedy }: WatchFailure): MemxError {
  return new MemxError(code, { what: 'The heap could not be watched', value: message, remedy });
}
