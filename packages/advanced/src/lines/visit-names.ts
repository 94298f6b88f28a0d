import type { AnyNode } from 'acorn';
import type { SiteWalk } from './site-walk.js';
import { childrenOf, isAnonymousFunction, isDirectEval, NOT_A_PARAMETER } from './syntax.js';

/** A value that takes its name from where it stands, if it is a function without one. */
export function visitNamed(walk: SiteWalk, value: AnyNode, name: AnyNode | null): void {
  if (name) nameFunction(walk, value, name);
  const text = name?.type === 'Identifier' ? name.name : '__proto__';
  if (!isAnonymousFunction(value)) walk.visit(value);
  // The inserted parameter of that name must not come between the function and the variable that it means.
  else if (NOT_A_PARAMETER.test(text) || mentions(value, text)) walk.visitInside(value);
  else {
    const kind = value.type === 'ClassExpression' ? 'class' : 'closure';
    walk.visitAsSite(value, kind, { form: 'named', name: text });
  }
}

/** A method, by its key. */
export function nameByKey(
  walk: SiteWalk,
  value: AnyNode,
  { key, computed }: { readonly key: AnyNode; readonly computed: boolean },
): void {
  if (!computed) nameFunction(walk, value, key);
}

function nameFunction({ record }: SiteWalk, value: AnyNode, name: AnyNode): void {
  const last = name.type === 'MemberExpression' && !name.computed ? name.property : name;
  if ('name' in last && typeof last.name === 'string') record.functionNames.set(value, last.name);
}

function mentions(node: AnyNode, name: string): boolean {
  if (node.type === 'Identifier') return node.name === name;
  for (const child of childrenOf(node)) if (mentions(child, name) || isDirectEval(child)) return true;
  return false;
}
