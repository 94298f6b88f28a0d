import { types } from 'node:util';
import { type Restore, replaceProperty, restoreAll } from './replace-property.js';
import { holderOf, MAX_ON_HEAP_BYTES, type SamplingGate } from './sampling-gate.js';

type BufferMaker = (this: unknown, a?: unknown, b?: unknown, c?: unknown) => Buffer;
type MakerName = 'alloc' | 'allocUnsafe' | 'allocUnsafeSlow' | 'from' | 'concat' | 'copyBytesFrom';

/** They may give a part of Node's pool; the others have a buffer of their own, or lie in V8's heap. */
const POOLED: readonly MakerName[] = ['allocUnsafe', 'from', 'concat', 'copyBytesFrom'];
const OWNED: readonly MakerName[] = ['alloc', 'allocUnsafeSlow'];

/**
 * Wraps the functions that make Buffers. Node's own modules call them by their names, so that `fs.readFile`, streams of
 * files and zlib are seen, too.
 *
 * A pooled Buffer counts with its own length, not with the 8 KiB of its pool, and as alive as long as it is itself.
 */
export function wrapBuffer(gate: SamplingGate): Restore {
  return restoreAll([
    ...POOLED.map((name) => wrapMaker(name, gate, 0)),
    ...OWNED.map((name) => wrapMaker(name, gate, MAX_ON_HEAP_BYTES)),
  ]);
}

/** So that what `concat` makes by `allocUnsafe` counts once: how many Buffers were counted so far. */
const counted = { buffers: 0 };

function wrapMaker(name: MakerName, gate: SamplingGate, freeBytes: number): Restore {
  const owner = Buffer as unknown as Record<MakerName, BufferMaker | undefined>;
  const original = owner[name];
  if (typeof original !== 'function') return () => {};
  const callee = `Buffer.${name}`;
  const wrapper: BufferMaker = function (this: unknown, a, b, c) {
    const before = counted.buffers;
    const made = original.call(this, a, b, c);
    if (counted.buffers !== before) return made;
    if (typeof a === 'object' && types.isAnyArrayBuffer(a)) return made; // a view
    const sizeBytes = made.byteLength;
    if (sizeBytes <= freeBytes) return made;
    counted.buffers = (counted.buffers + 1) & 0x3fff_ffff; // never a boxed number
    gate.remainingBytes -= sizeBytes;
    if (gate.remainingBytes <= 0) gate.take({ callee, sizeBytes, holder: holderOf(made), wrapper });
    return made;
  };
  for (const key of ['name', 'length'] as const)
    Object.defineProperty(wrapper, key, { value: original[key], configurable: true });
  return replaceProperty(Buffer, name, wrapper);
}
