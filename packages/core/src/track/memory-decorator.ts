import { MemxError } from '../errors.js';
import { hasListeners } from './memory-profile.js';
import { observeReturned } from './observe-returned.js';
import { standInFor, type TrackMemoryOptions } from './tracked-call.js';

/** A method decorator of both kinds, told apart by the standard one's context. */
export interface MemoryDecorator {
  /** Standard (TypeScript 5, Babel 2023-11). */
  <This, Args extends unknown[], Returned>(
    method: (this: This, ...args: Args) => Returned,
    context: ClassMethodDecoratorContext<This, (this: This, ...args: Args) => Returned>,
  ): (this: This, ...args: Args) => Returned;
  /** Legacy (`experimentalDecorators`). */
  <Method>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<Method>,
  ): TypedPropertyDescriptor<Method>;
}

type AnyMethod = (...args: never[]) => unknown;

export function createMemoryDecorator(options: TrackMemoryOptions): MemoryDecorator {
  function decorate(target: unknown, key: unknown, descriptor?: PropertyDescriptor): unknown {
    if (typeof key === 'object' && key !== null && 'kind' in key) {
      const name: unknown = 'name' in key ? key.name : undefined;
      if (key.kind === 'method' && isMethod(target)) return observeMethod(target, name, options);
      throw notAMethod(name);
    }
    if (!isMethod(descriptor?.value)) throw notAMethod(key);
    return { ...descriptor, value: observeMethod(descriptor.value, key, options) };
  }
  return decorate as MemoryDecorator;
}

function observeMethod(method: AnyMethod, name: unknown, options: TrackMemoryOptions): AnyMethod {
  const observed = standInFor(method, { ...options, label: options.label ?? String(name) }, observeReturned);
  const callMethod = function (this: unknown, ...args: unknown[]): unknown {
    return Reflect.apply(hasListeners(options) ? observed : method, this, args);
  };
  return Object.defineProperties(callMethod, Object.getOwnPropertyDescriptors(observed));
}

function isMethod(value: unknown): value is AnyMethod {
  return typeof value === 'function';
}

function notAMethod(name: unknown): MemxError {
  return new MemxError('ERR_MEMX_INVALID_OPTION', {
    what: '@trackMemory() stands on something that is not a method',
    value: name,
    remedy: 'Put it on a method; wrap a function as trackMemory(fn).',
  });
}
