import { performance } from 'node:perf_hooks';
import { externalIntervalFor } from '../external/external-interval.js';
import type { ExternalReading } from '../external/external-sampling.js';
import { externalStacksOf } from '../external/external-stacks.js';
import type { RawSamplingProfile } from '../inspector/heap-protocol.js';
import type { AllocationProfile, ProfileMeta } from './allocation-profile.js';
import { buildProfile } from './build-profile.js';
import { markFunctionSized } from './function-sized.js';
import { dropMemx } from './memx-stack.js';
import { SamplingProfileDecoder } from './sampling-profile-decoder.js';
import type { StackFrame } from './stack-frame.js';
import { writeLine } from './write-line.js';

export interface RecordingOptions {
  readonly samplingIntervalBytes: number;
  readonly measure: 'live' | 'total';
  /** Keep V8 from inlining. */
  readonly exact: boolean;
  /** Sample what is allocated outside of V8's heap (Buffers, typed arrays), too. */
  readonly externalMemory: boolean;
  /** The program's files are instrumented: whoever reads the profiles finds their lines (`LineResolver`). */
  readonly lines: boolean;
  /** Files (the beginnings of their paths) whose allocations are memx's own. */
  readonly ignoredFiles: readonly string[];
  /** An open file descriptor for profiles, as lines of {@link RecordedLine}. */
  readonly reportFd: number;
}

/** What all threads of a recorded program share; it survives the way into a worker. */
export interface RecordingPlan extends RecordingOptions {
  /** A mutex for `reportFd`: threads that write at once would mix their lines. */
  readonly lock: Int32Array;
}

/** The whole profile of one thread so far, or why there is none. */
export type RecordedLine =
  | { readonly kind: 'profile'; readonly thread: number; readonly profile: AllocationProfile }
  | { readonly kind: 'failed'; readonly thread: number; readonly message: string };

/** A reading may come when at most this share of the time has gone into readings: each costs a full collection, and the decoding. */
const READING_BUDGET = 0.005;
const FIRST_READING_MS = 250;
const READING_EVERY_MS = 1_000;

/** How long to wait after a reading that took so long in all; null before the first. */
export function nextReadingIn(lastCostMs: number | null): number {
  return lastCostMs === null ? FIRST_READING_MS : Math.max(READING_EVERY_MS, lastCostMs / READING_BUDGET);
}

/** Turns V8's readings of one thread into lines. */
export class RecordingWriter {
  readonly #plan: RecordingPlan;
  readonly #threadId: number;
  readonly #startedAtMs = performance.now();
  readonly #decoder = new SamplingProfileDecoder();

  constructor(plan: RecordingPlan, threadId: number) {
    this.#plan = plan;
    this.#threadId = threadId;
  }

  /** @param external null where external memory is not sampled */
  write(raw: RawSamplingProfile, external: ExternalReading | null): void {
    const { samplingIntervalBytes, measure, exact, ignoredFiles, lines } = this.#plan;
    const meta: ProfileMeta = {
      kind: 'profile',
      node: process.version,
      startedAtEpochMs: Math.round(performance.timeOrigin + this.#startedAtMs),
      durationMs: Math.round(performance.now() - this.#startedAtMs),
      samplingIntervalBytes,
      measure,
      precision: 'function',
      inliningOff: exact,
      externalIntervalBytes: external && externalIntervalFor(samplingIntervalBytes),
    };
    const isIgnored = ({ filename }: StackFrame) => ignoredFiles.some((file) => filename.startsWith(file));
    const samples = dropMemx(this.#decoder.decode(raw), isIgnored);
    const profile = buildProfile(
      {
        threadId: this.#threadId,
        samples: lines ? markFunctionSized(samples, this.#plan) : samples,
        external: external ? dropMemx(externalStacksOf(external), isIgnored) : [],
      },
      meta,
    );
    this.#writeLine({ kind: 'profile', thread: this.#threadId, profile });
  }

  writeFailure(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.#writeLine({ kind: 'failed', thread: this.#threadId, message });
  }

  #writeLine(line: RecordedLine): void {
    const { lock, reportFd } = this.#plan;
    writeLine({ fd: reportFd, lock }, line);
  }
}
