import type { AnyNode, AssignmentExpression, CallExpression, Expression, Identifier } from 'acorn';
import type { SiteWalk } from './site-walk.js';
import { isDirectEval, isModuleExports, isNamed, mayEndEarly, operandsOf } from './syntax.js';
import { nameByKey, visitNamed } from './visit-names.js';
import { visitTarget } from './visit-patterns.js';

export function visitCall(walk: SiteWalk, node: CallExpression): void {
  if (isDirectEval(node)) {
    walk.record.hasDynamicScope = true;
    walk.record.cut();
  }
  // `super()` binds `this`; that is left to the constructor itself.
  if (node.callee.type === 'Super') walk.record.cut();
  walk.visitInside(node.callee); // a callee gives `this` to its call
  for (const argument of node.arguments) {
    const value = argument.type === 'SpreadElement' ? argument.argument : argument;
    if (isNamed(value, 'arguments')) walk.record.referArguments(value.start);
    else walk.visit(argument);
  }
}

/** What a member is read from: a value, unless the chain could end early inside it. */
export function visitLink(walk: SiteWalk, node: AnyNode): void {
  if (mayEndEarly(node)) walk.visitInside(node);
  else walk.visit(node);
}

/** One site does for a whole `a + b + c`. */
export function visitOperands(walk: SiteWalk, node: AnyNode): void {
  if (node.type !== 'BinaryExpression') walk.visit(node);
  else {
    if (node.operator === '+') visitOperands(walk, node.left);
    else walk.visit(node.left);
    walk.visit(node.right);
  }
}

export function visitUnary(walk: SiteWalk, operator: string, argument: Expression): void {
  if (operator === 'delete') {
    if (argument.type === 'Identifier') walk.record.hasDynamicScope = true;
    walk.visitInside(argument);
  } else walk.visit(argument);
}

export function visitAssignment(walk: SiteWalk, node: AssignmentExpression): void {
  visitTarget(walk, node.left);
  // Node reads the names that CommonJS exports from the text `module.exports = { a, b }`.
  if (isModuleExports(node.left)) walk.visitInside(node.right);
  else if (/^(&&|\|\||\?\?)?=$/.test(node.operator)) visitNamed(walk, node.right, node.left);
  else if (node.operator === '+=' && node.left.type === 'Identifier') visitAppend(walk, node, node.left);
  else walk.visit(node.right);
}

export function visitProperty(walk: SiteWalk, node: Extract<AnyNode, { type: 'Property' }>): void {
  if (node.computed) walk.visit(node.key);
  if (node.method || node.kind !== 'init') {
    nameByKey(walk, node.value, node);
    walk.visitInside(node.value);
  } else visitNamed(walk, node.value, node.computed ? null : node.key);
}

function visitAppend(walk: SiteWalk, node: AssignmentExpression, left: Identifier): void {
  const { right } = node;
  walk.record.openSite(
    {
      kind: 'concat',
      form: { form: 'append', name: left.name, targetEnd: left.end },
      node,
      anchor: node.start,
      operands: [left, ...operandsOf(right)],
    },
    () => {
      walk.record.refer(left.name, false);
      visitOperands(walk, right);
    },
  );
}
