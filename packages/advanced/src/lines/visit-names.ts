import type { AnyNode } from 'acorn';
import type { SiteWalk } from './site-walk.js';
import { childrenOf, isAnonymousFunction, isDirectEval, NOT_A_PARAMETER } from './syntax.js';

/** A value that takes its name from where it stands, if it is a function without one. */
export function visitNamed(walk: SiteWalk, value: AnyNode, name: AnyNode | null): void {
  const text = name?.type === 'Identifier' ? name.name : '__proto__';
  if (!isAnonymousFunction(value)) walk.visit(value);
  // The inserted parameter of that name must not come between the function and the variable that it means.
  else if (NOT_A_PARAMETER.test(text) || mentions(value, text)) walk.visitInside(value);
  else {
    const kind = value.type === 'ClassExpression' ? 'class' : 'closure';
    walk.visitAsSite(value, kind, { form: 'named', name: text });
  }
}

function mentions(node: AnyNode, name: string): boolean {
  if (node.type === 'Identifier') return node.name === name;
  for (const child of childrenOf(node)) if (mentions(child, name) || isDirectEval(child)) return true;
  return false;
}
