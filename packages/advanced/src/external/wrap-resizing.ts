import { dressAs, type Restore, replaceProperty, restoreAll } from './replace-property.js';
import type { SamplingGate, Wrapper } from './sampling-gate.js';

type Method = (this: { readonly byteLength: number }, length?: unknown) => unknown;

type BufferConstructor = typeof ArrayBuffer | typeof SharedArrayBuffer;

/** Where the bytes of a buffer go when they get another holder. */
export type MoveHolder = (from: object, to: object) => void;

/** Wraps what makes a buffer larger, and what moves its bytes into another one. Not in every Node version. */
export function wrapResizing(gate: SamplingGate, move: MoveHolder): Restore {
  return restoreAll([
    wrapGrowth(ArrayBuffer, 'resize', gate),
    wrapGrowth(SharedArrayBuffer, 'grow', gate),
    wrapTransfer('transfer', gate, move),
    wrapTransfer('transferToFixedLength', gate, move),
  ]);
}

/** The bytes that come in addition are an allocation. */
function wrapGrowth(owner: BufferConstructor, name: string, gate: SamplingGate): Restore {
  return wrapMethod(owner, name, (original, callee) => {
    const { wrapper } = {
      wrapper(this: { readonly byteLength: number }, length?: unknown) {
        const before = this?.byteLength;
        const result = original.call(this, length);
        takeBytes(gate, this.byteLength - before, { callee, holder: this, wrapper });
        return result;
      },
    };
    return wrapper;
  });
}

function wrapTransfer(name: string, gate: SamplingGate, move: MoveHolder): Restore {
  return wrapMethod(ArrayBuffer, name, (original, callee) => {
    const { wrapper } = {
      wrapper(this: { readonly byteLength: number }, length?: unknown) {
        const before = this?.byteLength;
        const moved = original.call(this, length) as ArrayBuffer;
        move(this, moved);
        takeBytes(gate, moved.byteLength - before, { callee, holder: moved, wrapper });
        return moved;
      },
    };
    return wrapper;
  });
}

function takeBytes(
  gate: SamplingGate,
  sizeBytes: number,
  of: { readonly callee: string; readonly holder: object; readonly wrapper: Wrapper },
): void {
  if (sizeBytes <= 0) return;
  gate.remainingBytes -= sizeBytes;
  if (gate.remainingBytes <= 0) gate.take({ ...of, sizeBytes });
}

/** The wrapper is a method, because those of the language cannot be called with `new`. */
function wrapMethod(
  owner: BufferConstructor,
  name: string,
  wrap: (original: Method, callee: string) => Method,
): Restore {
  const original = Reflect.get(owner.prototype, name) as Method | undefined;
  if (typeof original !== 'function') return () => {};
  const wrapper = wrap(original, `${owner.name}.${name}`);
  dressAs(wrapper, original);
  return replaceProperty(owner.prototype, name, wrapper);
}
