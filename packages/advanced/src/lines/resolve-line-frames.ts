import type { CallStack } from '../allocation/sampling-profile-decoder.js';
import { frameAt, type StackFrame } from '../allocation/stack-frame.js';
import type { ExpressionKind } from './expression-site.js';
import type { InstrumentedFiles } from './instrumented-files.js';
import { SourceMaps } from './source-maps.js';
import type { ExpressionPlace, SourcePlace } from './source-positions.js';

/** A frame at the expression that allocates, or that makes the call. */
export interface LineFrame extends StackFrame {
  readonly expression: ExpressionKind;
  /**
   * What V8 allocates for this frame without a frame of its own: `JSON.parse`, `split`, `Map`. Null where a function
   * of the program was called, and for literals.
   */
  readonly builtin: string | null;
}

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
   * @returns null when the allocation is the instrumentation's own: a function that was made around an expression.
   */
  resolve(stack: CallStack): CallStack | null {
    const frames: StackFrame[] = [];
    let place: ExpressionPlace | null = null;
    for (const [depth, frame] of stack.entries()) {
      const positions = this.#files.positionsOf(frame.filename);
      const expression = positions?.expressionAt(frame) ?? null;
      if (expression) {
        place ??= expression;
      } else if (positions) {
        const start = positions.toOriginal(frame);
        if (depth === 0 && positions.isMaker(start)) return null;
        frames.push(this.#frameAt(frame, { start, place, isInnermost: isInnermost(frames) }));
        place = null;
      } else frames.push(frame);
    }
    return frames;
  }

  #frameAt(
    frame: StackFrame,
    {
      start,
      place,
      isInnermost,
    }: { start: SourcePlace; place: ExpressionPlace | null; isInnermost: boolean },
  ): StackFrame | LineFrame {
    const { filename, functionName } = frame;
    const code = this.#files.sourceOf(filename)?.code ?? '';
    const { line, column } = place ?? start;
    const original = this.#maps.toOriginal(filename, code, { line, column }) ?? { filename, line, column };
    const resolved = frameAt({ functionName, ...original });
    if (!place) return resolved;
    return { ...resolved, expression: place.kind, builtin: isInnermost ? place.callee : null };
  }
}

/** Whether only V8's builtins were called from here. */
function isInnermost(below: readonly StackFrame[]): boolean {
  return below.every(({ origin }) => origin === 'engine');
}
