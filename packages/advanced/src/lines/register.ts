import { isMainThread, parentPort } from 'node:worker_threads';
import { checkNumber, checkOneOf, checkOptions, MemxError } from '@memx/core';
import { turnAllocationFoldingOff, turnInliningOff } from '../allocation/inlining.js';
import { provideLines } from '../allocation/line-precision.js';
import type { LineWriterOptions } from '../allocation/write-line.js';
import { hookCommonJs } from './commonjs-hook.js';
import { compileSelection, type FileSelection, type InstrumentPlan } from './file-selection.js';
import { openInstrumentedFiles } from './instrumented-files.js';
import { hookModules } from './module-hook.js';
import { LineResolver } from './resolve-line-frames.js';
import { showFunctionsAsWritten } from './written-text.js';

export interface RegisterOptions extends FileSelection {
  /**
   * An open file descriptor to which every loaded source is appended as a line, for a reader in another thread or
   * process: see {@link readInstrumentedFiles}. Several threads write: open a file for appending, or give a `sourcesLock`.
   */
  readonly sourcesFd?: number;
  /** A mutex (one element of shared memory, 0) for all who write to `sourcesFd`: a pipe takes large lines in parts. */
  readonly sourcesLock?: Int32Array;
  /**
   * Let V8 go on inlining, for a program that is to keep its pace. Lines stay right; a function of a file that is not
   * instrumented may be charged for small ones that it calls. Default: false.
   */
  readonly keepInlining?: boolean;
}

/**
 * From now on, instruments the files that this thread loads, so that allocation profiles know their lines:
 * `node --import @memx/advanced/lines app.js` does it before the program. Where another loader compiles files (tsx),
 * it must be there before. Once per thread; again does nothing.
 *
 * V8 stops inlining functions in the whole process, because it charges what it inlines to the caller. With
 * the profiler on it costs 1.1 × the CPU time of mixed work, 1.2 × of JSON requests, 1.8 × of a loop that only allocates
 * (Node 20.20, `pnpm bench profile-cost`), and about 30 ms for 100 KB of source at load.
 *
 * Stack traces have the right lines, with frames of inserted functions between those of the program, and columns of the
 * changed text. That is left so: `Error.prepareStackTrace` belongs to the program, and to map frames would cost
 * parsing a file at its first error. An error that is thrown where it is made (`throw new TypeError(…)`) stays as it
 * is written, so that the line which Node prints of it is the author's; what it allocates is told of at the start of its
 * function.
 *
 * @throws MemxError `ERR_MEMX_INVALID_OPTION`
 */
export function register(options: RegisterOptions = {}): void {
  const plan = planInstrumenting(options);
  const files = isLoaderThread() ? null : openInstrumentedFiles();
  if (!files) return;
  if (!plan.resistsInlining) {
    turnInliningOff();
    turnAllocationFoldingOff();
  }
  showFunctionsAsWritten();
  if (plan.sources) files.copyTo(plan.sources);
  const resolver = new LineResolver(files);
  provideLines((precision) => (stack) => resolver.resolve(stack, precision));
  hookCommonJs(files, plan);
  hookModules(files, plan);
}

/** Node 20 runs preloads in the thread of loaders, too; registered there, Node ends the process with code 1. */
function isLoaderThread(): boolean {
  return !isMainThread && parentPort === null;
}

function planInstrumenting(options: RegisterOptions): InstrumentPlan {
  checkOptions('register', options, ['include', 'exclude', 'sourcesFd', 'sourcesLock', 'keepInlining']);
  return {
    ...compileSelection(options),
    resistsInlining: checkOneOf('keepInlining', options.keepInlining ?? false, [true, false]),
    sources: checkSources(options),
  };
}

function checkSources({ sourcesFd, sourcesLock }: RegisterOptions): LineWriterOptions | null {
  if (sourcesFd === undefined) return null;
  const fd = checkNumber('sourcesFd', sourcesFd, { min: 0, integer: true });
  if (sourcesLock === undefined) return { fd, lock: null };
  if (sourcesLock instanceof Int32Array && sourcesLock.buffer instanceof SharedArrayBuffer)
    return { fd, lock: sourcesLock };
  throw new MemxError('ERR_MEMX_INVALID_OPTION', {
    what: 'sourcesLock must be shared memory',
    value: sourcesLock,
    remedy: 'Give new Int32Array(new SharedArrayBuffer(4)), the same one in every thread.',
  });
}
