import type { ProfileMeta } from '../allocation/allocation-profile.js';
import { readFunctionSized } from '../allocation/function-sized.js';
import type { CallStack } from '../allocation/sampling-profile-decoder.js';
import { frameAt, type StackFrame } from '../allocation/stack-frame.js';
import type { InstrumentedFiles } from './instrumented-files.js';
import { SourceMaps } from './source-maps.js';
import type { ExpressionPlace } from './source-positions.js';

/** Takes the inserted functions out of stacks, and puts the exact places in. */
export class LineResolver {
  readonly #files: InstrumentedFiles;
  readonly #maps = new SourceMaps();

  constructor(files: InstrumentedFiles) {
    this.#files = files;
  }

  /**
   * The stack as the program's author knows it: frames of instrumented files name the line and column of the
   * expression, through the source map where a file has one; of a call `a.b()` that is where `b` stands. Frames of other
   * files stay. A frame that allocates outside of every expression (an `async` function's promise) keeps the start of
   * its function.
   *
   * At function precision a frame names the start of its function instead, as V8 does where nothing is instrumented.
   *
   * A builtin for which V8 has no frame gets one of its own (`JSON.parse`, `new Map`), as V8 gives to others (`map`).
   *
   * @returns null when the allocation is the instrumentation's own: a function that was made around an expression. It is
   *   told by its size, so that what else has that size there (a context of three variables) is left out with it.
   */
  resolve(stack: CallStack, precision: ProfileMeta['precision'] = 'line'): CallStack | null {
    const frames: StackFrame[] = [];
    let place: ExpressionPlace | null = null;
    const { isMarked, stack: calls } = readFunctionSized(stack);
    for (const [depth, frame] of calls.entries()) {
      const positions = this.#files.positionsOf(frame.filename);
      const expression = positions?.expressionAt(frame) ?? null;
      if (expression) {
        if (depth === 0 && isMarked && expression.makesFunctions) return null;
        place ??= expression;
      } else if (positions) {
        const start = positions.toOriginal(frame);
        if (depth === 0 && isMarked && positions.isMaker(start)) return null;
        if (place) nameBuiltin(frames, place);
        frames.push(this.#frameAt(frame, precision === 'line' && place ? place : start));
        place = null;
      } else frames.push(frame);
    }
    return frames;
  }

  #frameAt({ filename, functionName }: StackFrame, { line, column }: { line: number; column: number }) {
    const code = this.#files.sourceOf(filename)?.code ?? '';
    const original = this.#maps.toOriginal(filename, code, { line, column });
    // No editor counts a byte order mark; where Node leaves it in the text, V8 does.
    const marks = line === 1 && code.startsWith('\uFEFF') ? 1 : 0;
    return frameAt({ functionName, ...(original ?? { filename, line, column: column - marks }) });
  }
}

/** Puts what a call or `new` names below its frame, unless a function of the program or of Node was called. */
function nameBuiltin(below: StackFrame[], { kind, callee }: ExpressionPlace): void {
  if (callee === null || below.some(({ origin }) => origin !== 'engine')) return;
  const named = frameAt({
    functionName: kind === 'new' ? `new ${callee}` : callee,
    filename: '',
    line: 0,
    column: 0,
  });
  const called = below.at(-1);
  // V8 names it without its owner: `from` for `Array.from`.
  if (called && !callee.endsWith(called.functionName)) return;
  if (called) below.pop();
  below.push(named);
}
