import { threadId } from 'node:worker_threads';
import { checkNumber, checkOneOf, checkOptions, MemxError } from '@memx/core';
import { externalIntervalFor } from '../external/external-interval.js';
import { type ExternalSampling, startExternalSampling } from '../external/external-sampling.js';
import { externalStacksOf } from '../external/external-stacks.js';
import type { AllocationProfile, MemoryKind, ProfileMeta } from './allocation-profile.js';
import { buildProfile } from './build-profile.js';
import { keepCallPlaces } from './call-frame.js';
import { markFunctionSized, type SampledAs } from './function-sized.js';
import { isInliningOff, turnInliningOff } from './inlining.js';
import { refinerOfThread } from './line-precision.js';
import { dropMemx } from './memx-stack.js';
import { rankFunctions } from './profile-totals.js';
import { refineProfile } from './refine-profile.js';
import { leaseSampling, type SamplingLease } from './sampling-lease.js';
import type { FrameOrigin, StackFrame } from './stack-frame.js';

export interface AdvancedMemoryProfilerOptions {
  /** Mean bytes between two samples. Default 64 KiB, which costs V8 0–4 % of CPU time; 16 KiB costs about 12 %. */
  readonly samplingIntervalBytes?: number;
  /**
   * `live` (default): what is still alive. `total`: all that was allocated, collected or not; V8 then keeps every
   * sample until the end.
   */
  readonly measure?: 'live' | 'total';
  /**
   * Keeps V8 from inlining, so that no function is charged for another. It holds for the whole process and stays so
   * after {@link AdvancedMemoryProfiler.stop}; functions that were hot before keep what they inlined. Default false.
   */
  readonly exact?: boolean;
  /**
   * What line and column of a frame name: the start of its function, or the expression that allocates. Default `line`
   * where this thread's files are instrumented (`node --import @memx/advanced/lines app.js`), else `function`.
   */
  readonly precision?: 'function' | 'line';
  /**
   * Samples what is allocated outside of V8's heap, too: Buffers, ArrayBuffers and typed arrays, with the line of each
   * call. It wraps their global constructors and functions until the end; see the README for what it costs and what it
   * cannot see. Default false.
   */
  readonly externalMemory?: boolean;
}

/**
 * What one function allocated, or one expression at line precision. Line and column are 1-based and name the START of
 * the function, or the expression.
 */
export interface TopAllocation {
  readonly filename: string;
  readonly line: number;
  readonly column: number;
  readonly functionName: string;
  /** The npm package of the file; null for the program itself and for Node. */
  readonly package: string | null;
  readonly origin: FrameOrigin;
  /** A function that allocates both has an entry for each. */
  readonly memory: MemoryKind;
  /** What V8 or Node allocated most of it for this place: `JSON.parse`, `new Map`, `readFileSync`; null for none. */
  readonly builtin: string | null;
  /** V8's unbiased estimate of all bytes, not of the sampled ones alone. */
  readonly sizeBytes: number;
  /** Sampled objects: the estimate's relative error is about 1 / √count. */
  readonly count: number;
}

const DEFAULT_INTERVAL_BYTES = 64 * 1024;

/**
 * Which functions of this thread allocate, by V8's sampling heap profiler. It samples from construction to
 * {@link stop}; profilers may overlap, and each sees what was allocated since its own start.
 *
 * What V8 inlines is charged to the caller, unless `exact` or line precision is on.
 *
 * @example
 * using profiler = new AdvancedMemoryProfiler();
 * await work();
 * console.table(profiler.getTopAllocations(5));
 * await writeFile('work.heapprofile', await encodeProfile(profiler.profile(), 'heapprofile'));
 */
export class AdvancedMemoryProfiler implements Disposable {
  #lease: SamplingLease | null;
  #external: ExternalSampling | null = null;
  readonly #startedAtMs = performance.now();
  readonly #meta: Pick<ProfileMeta, 'precision' | 'externalIntervalBytes'> & SampledAs;

  /**
   * @throws MemxError `ERR_MEMX_INVALID_OPTION`; `ERR_MEMX_SESSION_BUSY` when another tool samples this thread, or
   *   another profiler of memx does so with other options; `ERR_MEMX_UNSUPPORTED` for `precision: 'line'` where nothing
   *   is instrumented.
   */
  constructor(options: AdvancedMemoryProfilerOptions = {}) {
    checkOptions('AdvancedMemoryProfiler', options, [
      'samplingIntervalBytes',
      'measure',
      'exact',
      'precision',
      'externalMemory',
    ]);
    const { samplingIntervalBytes = DEFAULT_INTERVAL_BYTES, measure = 'live', exact = false } = options;
    checkNumber('samplingIntervalBytes', samplingIntervalBytes, { min: 1, integer: true });
    checkOneOf('measure', measure, ['live', 'total']);
    if (checkOneOf('exact', exact, [true, false])) turnInliningOff();
    const hasExternal = checkOneOf('externalMemory', options.externalMemory ?? false, [true, false]);
    const externalIntervalBytes = hasExternal ? externalIntervalFor(samplingIntervalBytes) : null;
    const precision = choosePrecision(options.precision);
    this.#meta = { samplingIntervalBytes, measure, precision, externalIntervalBytes };
    this.#lease = leaseSampling({
      intervalBytes: samplingIntervalBytes,
      includeCollected: measure === 'total',
    });
    if (externalIntervalBytes !== null) this.#external = this.#startExternal(externalIntervalBytes, measure);
  }

  /**
   * All that was measured since the start, as a value: by stack, with its error. Costs a full collection (4–6 ms on a
   * small heap, 200–400 ms at 150 MB on Node 20).
   *
   * @throws MemxError `ERR_MEMX_DISPOSED` after {@link stop}.
   */
  profile(): AllocationProfile {
    if (!this.#lease) {
      throw new MemxError('ERR_MEMX_DISPOSED', {
        what: 'The profiler has been stopped, and V8 has forgotten its samples',
        remedy: 'Read the profiler before stop() or the end of the using block.',
      });
    }
    this.#external?.letGo();
    const samples = dropMemx(this.#lease.read(), isOfMemx);
    const external = this.#external ? dropMemx(externalStacksOf(this.#external.read()), isOfMemx) : [];
    const meta: ProfileMeta = {
      kind: 'profile',
      node: process.version,
      startedAtEpochMs: Math.round(performance.timeOrigin + this.#startedAtMs),
      durationMs: Math.round(performance.now() - this.#startedAtMs),
      ...this.#meta,
      inliningOff: isInliningOff(),
    };
    const refine = refinerOfThread()?.(meta.precision);
    if (!refine) return keepCallPlaces(buildProfile({ threadId, samples, external }, meta));
    const marked = { threadId, samples: markFunctionSized(samples, this.#meta), external };
    return refineProfile(buildProfile(marked, meta), refine, meta.precision);
  }

  /**
   * The functions that allocated the most bytes, dearest first. Costs what {@link profile} costs.
   *
   * @throws MemxError `ERR_MEMX_DISPOSED` after {@link stop}.
   */
  getTopAllocations(limit = 10): TopAllocation[] {
    checkNumber('limit', limit, { min: 1, integer: true });
    return rankFunctions(this.profile())
      .slice(0, limit)
      .map(({ frame, memory, builtins, sizeBytes, samples }) => {
        const { filename, line, column, functionName, packageName, origin } = frame;
        return {
          filename,
          line,
          column,
          functionName,
          package: packageName,
          origin,
          memory,
          builtin: builtins[0] ?? null,
          sizeBytes,
          count: samples ?? 0,
        };
      });
  }

  /** Ends the sampling; harmless when it has ended. */
  stop(): void {
    this.#lease?.[Symbol.dispose]();
    this.#lease = null;
    this.#external?.[Symbol.dispose]();
    this.#external = null;
  }

  [Symbol.dispose](): void {
    this.stop();
  }

  /** The heap's sampling does not go on when this one cannot begin. */
  #startExternal(intervalBytes: number, measure: 'live' | 'total'): ExternalSampling {
    try {
      return startExternalSampling({ intervalBytes, measure });
    } catch (error) {
      this.stop();
      throw error;
    }
  }
}

function choosePrecision(wanted: AdvancedMemoryProfilerOptions['precision']): ProfileMeta['precision'] {
  const isInstrumented = refinerOfThread() !== null;
  if (wanted === undefined) return isInstrumented ? 'line' : 'function';
  if (checkOneOf('precision', wanted, ['function', 'line']) === 'function' || isInstrumented) return wanted;
  throw new MemxError('ERR_MEMX_UNSUPPORTED', {
    what: 'No file of this thread is instrumented, so that V8 does not know its lines',
    remedy: 'Start the program with node --import @memx/advanced/lines.',
  });
}

function isOfMemx({ packageName }: StackFrame): boolean {
  return packageName?.startsWith('@memx/') ?? false;
}
