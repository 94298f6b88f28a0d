import { fileURLToPath } from 'node:url';
import type { RawCallFrame } from '../inspector/heap-protocol.js';

/** Whose code a frame is: the program's, a package's, Node's own, or V8's builtins and native callbacks. */
export type FrameOrigin = 'own' | 'dependency' | 'node' | 'engine';

/**
 * One function on a call stack. Line and column are 1-based; what they name, `precision` and `memory` of the profile and
 * of the stack say.
 */
export interface StackFrame {
  readonly functionName: string;
  /** An absolute path, `node:…` for Node's own, `''` for V8's builtins. */
  readonly filename: string;
  /** 0 for what has no place in a source: V8's builtins. */
  readonly line: number;
  readonly column: number;
  readonly origin: FrameOrigin;
  /** The npm package the file belongs to; null for the program itself, Node and V8. */
  readonly packageName: string | null;
}

/** What a frame is told by; its origin and package follow from the file. */
export type FramePlace = Pick<StackFrame, 'functionName' | 'filename' | 'line' | 'column'>;

/** The one place where V8's frames (URLs, 0-based lines) become memx's. */
export function toStackFrame({ functionName, url, lineNumber, columnNumber }: RawCallFrame): StackFrame {
  return frameAt({
    functionName: functionName || '(anonymous)',
    filename: toFilename(url),
    line: lineNumber + 1,
    column: columnNumber + 1,
  });
}

export function frameAt({ functionName, filename, line, column }: FramePlace): StackFrame {
  const packageName = packageOf(filename);
  return { functionName, filename, line, column, origin: originOf(filename, packageName), packageName };
}

export function toFilename(url: string): string {
  if (!url.startsWith('file:')) return url;
  try {
    return fileURLToPath(url); // drops a query, so that `import('./x.js?v=2')` stays one file
  } catch {
    return url;
  }
}

/** The package named after the last `node_modules` of a path (pnpm nests one in another). */
export function packageOf(filename: string): string | null {
  const inside = filename
    .split(/[\\/]node_modules[\\/]/)
    .slice(1)
    .at(-1);
  const [first, second] = inside?.split(/[\\/]/) ?? [];
  if (!first) return null;
  return first.startsWith('@') && second ? `${first}/${second}` : first;
}

function originOf(filename: string, packageName: string | null): FrameOrigin {
  if (filename === '' || filename.startsWith('wasm:')) return 'engine';
  if (filename.startsWith('node:')) return 'node';
  return packageName === null ? 'own' : 'dependency';
}
