import type { StackFrame } from '../../allocation/stack-frame.js';
import { hashParts } from '../../explain/path-fingerprint.js';

/** Names a leak by its type and the function that makes it: the same in every build, run and folder. */
export function fingerprintOf(type: string, allocator: StackFrame | undefined): string {
  const file = allocator?.filename.split(/[\\/]node_modules[\\/]/).at(-1) ?? '';
  const place = allocator?.packageName ? file.replaceAll('\\', '/') : (file.split(/[\\/]/).at(-1) ?? '');
  return hashParts([type, place, allocator?.functionName ?? '']);
}
