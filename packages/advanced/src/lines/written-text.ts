import { withoutInsertions } from './write-functions.js';

/**
 * Gives functions the text that their author wrote: some libraries read it, or send it to be evaluated where a
 * kept function does not exist. Costs one scan of the text.
 *
 * @param prototype of the realm's functions
 */
export function showFunctionsAsWritten(prototype: typeof Function.prototype = Function.prototype): void {
  const native = prototype.toString;
  const nativeText = native.call(native);
  const written = new Proxy(native, {
    apply(target, self, args) {
      if (self === written) return nativeText;
      const text: string = Reflect.apply(target, self, args);
      return text.includes('/*{m') ? withoutInsertions(text) : text;
    },
  });
  Object.defineProperty(prototype, 'toString', { value: written, configurable: true, writable: true });
}
