import { setFlagsFromString } from 'node:v8';
import { checkNumber, checkOptions } from '@memx/core';
import { hookCommonJs } from './commonjs-hook.js';
import { compileSelection, type FileSelection, type InstrumentPlan } from './file-selection.js';
import { openInstrumentedFiles } from './instrumented-files.js';
import { hookModules } from './module-hook.js';
import { showFunctionsAsWritten } from './written-text.js';

export interface RegisterOptions extends FileSelection {
  /**
   * An open file descriptor to which every loaded source is appended as a line, for a reader in another thread or
   * process: see {@link readInstrumentedFiles}. Open the file for appending; several threads write.
   */
  readonly sourcesFd?: number;
}

/**
 * From now on, instruments the files that this thread loads, so that allocation profiles know their lines:
 * `node --import @memx/advanced/lines app.js` does it before the program. Where another loader compiles files (tsx),
 * it must be there before. Once per thread; again does nothing.
 *
 * V8 stops inlining functions in the whole process, because it charges what it inlines to the caller. Costs 1.1–1.2 × the
 * CPU time of mixed and of web work, 1.5 × of a loop that only allocates (Node 20.20), and about 30 ms for 100 KB of
 * source at load. Stack traces of errors show the inserted functions, and columns of the changed text.
 *
 * @throws MemxError `ERR_MEMX_INVALID_OPTION`
 */
export function register(options: RegisterOptions = {}): void {
  const plan = planInstrumenting(options);
  const files = openInstrumentedFiles();
  if (!files) return;
  setFlagsFromString('--no-turbo-inlining');
  setFlagsFromString('--no-maglev-inlining');
  showFunctionsAsWritten();
  if (plan.sourcesFd !== null) files.copyTo(plan.sourcesFd);
  hookCommonJs(files, plan);
  hookModules(files, plan);
}

function planInstrumenting(options: RegisterOptions): InstrumentPlan {
  checkOptions('register', options, ['include', 'exclude', 'sourcesFd']);
  const { sourcesFd } = options;
  return {
    ...compileSelection(options),
    sourcesFd:
      sourcesFd === undefined ? null : checkNumber('sourcesFd', sourcesFd, { min: 0, integer: true }),
  };
}
