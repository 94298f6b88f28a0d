import { compileFunction } from 'node:vm';
import { InvalidArgumentError } from 'commander';
import type { CallExpression } from './call-plan.js';

/**
 * `name(args)`, `default()` or `name.method(args)`. The arguments are JavaScript; they are only compiled here.
 */
export function parseCall(text: string): CallExpression {
  const [, path, args] = /^\s*([\p{ID_Start}$_][\p{ID_Continue}$.]*)\s*\((.*)\)\s*;?\s*$/su.exec(text) ?? [];
  if (path === undefined || args === undefined) {
    throw new InvalidArgumentError("Give an exported function and its arguments, such as 'load({ id: i })'.");
  }
  try {
    compileFunction(`return [${args}]`, ['i']);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new InvalidArgumentError(`The arguments are no JavaScript: ${why}.`);
  }
  return { path: path.split('.'), args };
}
