const BUFFERS = [
  'ArrayBuffer',
  'SharedArrayBuffer',
  'Uint8Array',
  'Uint16Array',
  'Uint32Array',
  'Int32Array',
  'Float64Array',
  'BigUint64Array',
  'Array',
];

/**
 * Counts the bytes of all arrays that are made by length in this thread from now on. What a reader takes at a header's word
 * shows nowhere else: the system gives pages only when they are written.
 *
 * @returns {{ takeBytes(): number }} the bytes since the last call
 */
export function watchAllocations() {
  let bytes = 0;
  for (const name of BUFFERS) {
    const Original = globalThis[name];
    globalThis[name] = new Proxy(Original, {
      construct(target, words, newTarget) {
        if (typeof words[0] === 'number')
          bytes += words[0] * (Original.BYTES_PER_ELEMENT ?? (name === 'Array' ? 8 : 1));
        return Reflect.construct(target, words, newTarget === globalThis[name] ? target : newTarget);
      },
    });
  }
  for (const method of ['alloc', 'allocUnsafe', 'allocUnsafeSlow']) {
    const original = Buffer[method];
    Buffer[method] = (size, ...rest) => {
      bytes += size;
      return original.call(Buffer, size, ...rest);
    };
  }
  return {
    takeBytes() {
      const taken = bytes;
      bytes = 0;
      return taken;
    },
  };
}
