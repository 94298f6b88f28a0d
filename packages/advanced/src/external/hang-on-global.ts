import type { Restore } from './replace-property.js';

/** Puts a value where another thread's inspector finds it. Undoing that puts back what was there; what came later stays. */
export function hangOnGlobal(name: string, value: object): Restore {
  const key = Symbol.for(name);
  const before = Object.getOwnPropertyDescriptor(globalThis, key);
  Object.defineProperty(globalThis, key, { value, configurable: true });
  return () => {
    if (Object.getOwnPropertyDescriptor(globalThis, key)?.value !== value) return;
    if (before) Object.defineProperty(globalThis, key, before);
    else Reflect.deleteProperty(globalThis, key);
  };
}
