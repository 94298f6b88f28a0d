import type { CallFrame } from '../allocation/call-frame.js';
import type { CallStack } from '../allocation/sampling-profile-decoder.js';
import { frameAt, type StackFrame, toFilename } from '../allocation/stack-frame.js';
import type { Wrapper } from './sampling-gate.js';

const DEPTH = 64;
/** Frames are kept, so that a program's places are made into frames once; a program has fewer places than this. */
const KEPT_FRAMES = 20_000;

/** Reads the calls that lead to an allocation. One reading costs about 1 µs and 1–2 µs a frame (Node 20). */
export class CallReader {
  readonly #frames = new Map<string, StackFrame>();
  readonly #ownFolder = folderOf(captureCallSites(null)[0]?.getFileName() ?? '');

  /**
   * The calls that are open, innermost first, and after them those that await. Empty where the program keeps V8 from
   * telling (a frozen `Error`).
   *
   * @param above this function and what it called are left out
   */
  read(above: Wrapper): CallStack {
    return captureCallSites(above).flatMap((site) => this.#frameOf(site) ?? []);
  }

  #frameOf(site: NodeJS.CallSite): StackFrame | null {
    const filename = site.getFileName() ?? '';
    if (filename !== '' && folderOf(filename) === this.#ownFolder) return null; // one wrapped function called another
    const functionName = site.getFunctionName() || '(anonymous)';
    const line = site.getLineNumber() ?? 0;
    const column = site.getColumnNumber() ?? 0;
    const key = `${filename}\n${line}:${column}\n${functionName}`;
    const known = this.#frames.get(key);
    if (known) return known;
    if (this.#frames.size >= KEPT_FRAMES) this.#frames.clear();
    const frame = toFrame(site, { functionName, filename: toFilename(filename), line, column });
    this.#frames.set(key, frame);
    return frame;
  }
}

function folderOf(filename: string): string {
  return filename.slice(0, Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\')) + 1);
}

type Place = Pick<StackFrame, 'functionName' | 'filename' | 'line' | 'column'>;

function toFrame(site: NodeJS.CallSite, place: Place): StackFrame | CallFrame {
  if (place.filename === '') return frameAt({ ...place, line: 0, column: 0 }); // V8's builtins, and eval
  const line = site.getEnclosingLineNumber();
  const column = site.getEnclosingColumnNumber();
  const frame = frameAt(place);
  return line && column ? { ...frame, functionStart: { line, column } } : frame;
}

/** The program's own `Error.prepareStackTrace` and `stackTraceLimit` are set aside and put back. */
function captureCallSites(above: Wrapper | null): NodeJS.CallSite[] {
  const { prepareStackTrace, stackTraceLimit } = Error;
  const target: { stack?: unknown } = {};
  try {
    Error.stackTraceLimit = DEPTH;
    Error.prepareStackTrace = (_, sites) => sites;
    Error.captureStackTrace(target, above ?? captureCallSites);
    const sites = target.stack;
    return Array.isArray(sites) ? sites : [];
  } catch {
    return []; // Error is frozen
  } finally {
    restore(prepareStackTrace, stackTraceLimit);
  }
}

function restore(prepare: typeof Error.prepareStackTrace, limit: number): void {
  try {
    if (prepare === undefined) Reflect.deleteProperty(Error, 'prepareStackTrace');
    else Error.prepareStackTrace = prepare;
    Error.stackTraceLimit = limit;
  } catch {}
}
