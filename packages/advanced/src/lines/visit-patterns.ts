import type { AnyNode } from 'acorn';
import type { SiteWalk } from './site-walk.js';
import { namesIn } from './syntax.js';
import { visitNamed } from './visit-names.js';

export function visitPattern(walk: SiteWalk, node: AnyNode, assigns = false): void {
  switch (node.type) {
    case 'ObjectPattern':
      for (const property of node.properties) {
        if (property.type === 'RestElement') visitPattern(walk, property.argument, assigns);
        else {
          if (property.computed) walk.visit(property.key);
          visitPattern(walk, property.value, assigns);
        }
      }
      return;
    case 'ArrayPattern':
      for (const element of node.elements) if (element) visitPattern(walk, element, assigns);
      return;
    case 'RestElement':
      visitPattern(walk, node.argument, assigns);
      break;
    case 'AssignmentPattern':
      visitPattern(walk, node.left, assigns);
      visitNamed(walk, node.right, node.left);
      break;
    case 'Identifier':
      if (assigns) walk.record.refer(node.name, true);
      break;
    default:
      visitTarget(walk, node);
  }
}

/** The target of an assignment is a place, not a value. */
export function visitTarget(walk: SiteWalk, node: AnyNode): void {
  if (node.type === 'Identifier') walk.record.refer(node.name, true);
  else if (node.type === 'MemberExpression') walk.visitInside(node);
  else visitPattern(walk, node, true);
}

export function declareParameter(walk: SiteWalk, pattern: AnyNode): void {
  for (const name of namesIn(pattern))
    walk.record.declare(name, walk.record.scope, { readableFrom: pattern.end });
  visitPattern(walk, pattern);
}
