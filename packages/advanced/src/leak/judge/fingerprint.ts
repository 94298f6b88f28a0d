import { createHash } from 'node:crypto';
import type { StackFrame } from '../../allocation/stack-frame.js';

/** Names a leak by its type and the function that makes it: the same in every build, run and folder. */
export function fingerprintOf(type: string, allocator: StackFrame | undefined): string {
  const file = allocator?.filename.split(/[\\/]node_modules[\\/]/).at(-1) ?? '';
  const place = allocator?.packageName ? file.replaceAll('\\', '/') : (file.split(/[\\/]/).at(-1) ?? '');
  return hash([type, place, allocator?.functionName ?? '']);
}

/** Names a leak by the end of its retaining path, which holds no id, no index and no line. */
export function fingerprintOfPath(words: readonly string[]): string {
  return hash(words.map((word) => word.replace(/:\d+\)$/, ')').replace(/ \(\d+ times\)$/, '')));
}

function hash(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16);
}
