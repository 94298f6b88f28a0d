import { compileFunction } from 'node:vm';
import type { CallExpression } from './call-plan.js';

type Holder = Readonly<Record<string, unknown>>;

/**
 * The function that calls once; its argument is the number of the call, which the arguments see as `i`. Exports of a
 * CommonJS module that Node does not find by name are found on its default.
 *
 * @returns a sentence where the module has no such function
 */
export function bindCall(exports: Holder, { path, args }: CallExpression): ((i: number) => unknown) | string {
  const holder = holderOf(exports, path[0] ?? '');
  const target = path.reduce<unknown>((value, name) => (value as Holder | null | undefined)?.[name], holder);
  if (typeof target !== 'function') {
    return `The module exports no function ${path.join('.')}: it exports ${namesOf(exports).join(', ') || 'nothing'}`;
  }
  const source = `return holder.${path.join('.')}(${args})`;
  const call = compileFunction(source, ['holder', 'i'], { filename: 'memx --call' });
  return (i) => call(holder, i);
}

function holderOf(exports: Holder, name: string): Holder {
  const byDefault = exports['default'];
  if (name === 'default') {
    // What compilers make of `export default` in a CommonJS file.
    const inner = isHolder(byDefault) ? byDefault['default'] : undefined;
    return typeof byDefault !== 'function' && typeof inner === 'function' ? { default: inner } : exports;
  }
  return !(name in exports) && isHolder(byDefault) ? byDefault : exports;
}

function isHolder(value: unknown): value is Holder {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function namesOf(exports: Holder): string[] {
  const byDefault = exports['default'];
  const names = [...Object.keys(exports), ...(isHolder(byDefault) ? Object.keys(byDefault) : [])];
  return [...new Set(names)].filter((name) => name !== 'module.exports').slice(0, 20);
}
