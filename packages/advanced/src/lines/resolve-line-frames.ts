import type { ProfileMeta } from '../allocation/allocation-profile.js';
import { readFunctionSized } from '../allocation/function-sized.js';
import type { CallStack } from '../allocation/sampling-profile-decoder.js';
import { frameAt, type StackFrame } from '../allocation/stack-frame.js';
import type { InstrumentedFiles } from './instrumented-files.js';
import { SourceMaps } from './source-maps.js';
import type { ExpressionPlace, FunctionPlace, SourcePlace } from './source-positions.js';

/** What an inserted function stands around, until the frame of the program's own function comes. */
interface OpenExpression {
  readonly filename: string;
  readonly place: ExpressionPlace;
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
   * At function precision a frame names the start of its function instead, as V8 does where nothing is instrumented.
   *
   * A function that V8 inlined has no frame, but its expressions have (`register({ keepInlining })`): it is put back with
   * the name that its text gives it.
   *
   * A builtin for which V8 has no frame gets one of its own (`JSON.parse`, `new Map`), as V8 gives to others (`map`).
   *
   * @returns null when the allocation is the instrumentation's own: a function that was made around an expression. It is
   *   told by its size, so that what else has that size there (a context of three variables) is left out with it.
   */
  resolve(stack: CallStack, precision: ProfileMeta['precision'] = 'line'): CallStack | null {
    const frames: StackFrame[] = [];
    let open: OpenExpression | null = null;
    const { isMarked, stack: calls } = readFunctionSized(stack);
    const tell = ({ filename, place }: OpenExpression, { functionName, start }: FunctionPlace) => {
      nameBuiltin(frames, place);
      const named = { filename, functionName: functionName ?? '(anonymous)' };
      frames.push(this.#frameAt(named, precision === 'line' ? place : (start ?? place)));
    };
    for (const [depth, frame] of calls.entries()) {
      const positions = this.#files.positionsOf(frame.filename);
      const place = positions?.expressionAt(frame) ?? null;
      const start = place ? place.within.start : (positions?.toOriginal(frame) ?? null);
      const makesFunctions = place?.makesFunctions ?? (start !== null && positions?.isMaker(start) === true);
      if (depth === 0 && isMarked && makesFunctions) return null;
      if (open && this.#isInlined(open, { filename: frame.filename, start })) {
        tell(open, open.place.within);
        open = null;
      }
      if (place) open ??= { filename: frame.filename, place };
      else {
        if (open && start) tell(open, { functionName: frame.functionName, start });
        else frames.push(start ? this.#frameAt(frame, start) : frame);
        if (start) open = null;
      }
    }
    if (open && this.#files.sourceOf(open.filename)?.resistsInlining) tell(open, open.place.within);
    return frames;
  }

  /** Whether V8 inlined the function around an expression, so that this frame, which calls its inserted one, is not it. */
  #isInlined({ filename, place }: OpenExpression, caller: { filename: string; start: SourcePlace | null }) {
    if (!this.#files.sourceOf(filename)?.resistsInlining) return false;
    return caller.filename !== filename || isElsewhere(place.within.start, caller.start);
  }

  #frameAt(
    { filename, functionName }: Pick<StackFrame, 'filename' | 'functionName'>,
    { line, column }: SourcePlace,
  ) {
    const code = this.#files.sourceOf(filename)?.code ?? '';
    const original = this.#maps.toOriginal(filename, code, { line, column });
    // No editor counts a byte order mark; where Node leaves it in the text, V8 does.
    const marks = line === 1 && code.startsWith('\uFEFF') ? 1 : 0;
    return frameAt({ functionName, ...(original ?? { filename, line, column: column - marks }) });
  }
}

/** Where one of them is unknown, it may be the same. */
function isElsewhere(start: SourcePlace | null, other: SourcePlace | null): boolean {
  return start !== null && other !== null && (start.line !== other.line || start.column !== other.column);
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
