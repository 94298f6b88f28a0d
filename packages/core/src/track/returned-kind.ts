import { builtin } from '../builtin.js';

/** What a function returned; its name and kind say nothing, since any function may hand on a promise. */
export type Returned =
  | { readonly kind: 'plain' }
  | { readonly kind: 'promise'; readonly value: Promise<unknown> }
  | { readonly kind: 'thenable'; readonly value: PromiseLike<unknown> }
  | { readonly kind: 'generator'; readonly value: Generator }
  | { readonly kind: 'asyncGenerator'; readonly value: AsyncGenerator };

const PLAIN: Returned = { kind: 'plain' };

export function kindOfReturned(value: unknown): Returned {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return PLAIN;
  try {
    if (builtin('node:util').types.isPromise(value)) return { kind: 'promise', value };
    if (isThenable(value)) return { kind: 'thenable', value };
    if (isAsyncGenerator(value)) return { kind: 'asyncGenerator', value };
    if (isGenerator(value)) return { kind: 'generator', value };
  } catch {
    // A proxy or getter that throws when it is looked at is nobody's promise.
  }
  return PLAIN;
}

function isThenable(value: object): value is PromiseLike<unknown> {
  return 'then' in value && typeof value.then === 'function';
}

function isAsyncGenerator(value: object): value is AsyncGenerator {
  return Symbol.asyncIterator in value && hasGeneratorMethods(value);
}

function isGenerator(value: object): value is Generator {
  return Symbol.iterator in value && hasGeneratorMethods(value);
}

/** By the methods, because what a compiler makes is no native generator. Iterators of arrays have only `next`. */
function hasGeneratorMethods(value: object): boolean {
  const methods: Record<string, unknown> = Object(value);
  return ['next', 'return', 'throw'].every((name) => typeof methods[name] === 'function');
}
