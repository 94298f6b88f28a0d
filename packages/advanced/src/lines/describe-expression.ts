import type { AnyNode } from 'acorn';
import type { ExpressionKind } from './expression-site.js';

/** What an expression allocates; null for what does not, or only through its parts. */
export function kindOf(node: AnyNode): ExpressionKind | null {
  switch (node.type) {
    case 'ObjectExpression':
      return 'object';
    case 'ArrayExpression':
      return 'array';
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return 'closure';
    case 'ClassExpression':
      return 'class';
    case 'Literal':
      return node.regex ? 'regexp' : null;
    case 'TemplateLiteral':
      return node.expressions.length > 0 ? 'template' : null;
    case 'TaggedTemplateExpression':
    case 'CallExpression':
      return 'call';
    case 'NewExpression':
      return 'new';
    case 'BinaryExpression':
      return node.operator === '+' ? 'concat' : null;
    case 'AssignmentExpression':
      return node.operator === '+=' && node.left.type === 'MemberExpression' ? 'concat' : null;
    case 'ChainExpression':
      return holdsCall(node.expression) ? 'call' : null;
    default:
      return null;
  }
}

function holdsCall(chain: AnyNode): boolean {
  if (chain.type === 'CallExpression') return true;
  return chain.type === 'MemberExpression' && holdsCall(chain.object);
}

/** Where a reader looks for it: the method's name of a call, the start of all else. */
export function anchorOf(node: AnyNode): number {
  if (node.type === 'ChainExpression') return anchorOf(node.expression);
  if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression')
    return node.callee.property.start;
  return node.start;
}

/** The variable that a call calls: what it holds may be a function of the program. */
export function calledVariable(node: AnyNode): string | null {
  if (node.type === 'ChainExpression') return calledVariable(node.expression);
  return node.type === 'CallExpression' && node.callee.type === 'Identifier' ? node.callee.name : null;
}

/** What a call or `new` names. */
export function calleeName(node: AnyNode): string | null {
  if (node.type === 'ChainExpression') return calleeName(node.expression);
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return null;
  const { callee } = node;
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier' || callee.computed)
    return null;
  const { object, property } = callee;
  // `JSON.parse`, `Array.from`: what starts in upper case is told with its owner.
  const isNamespace = object.type === 'Identifier' && /^[A-Z]/.test(object.name);
  return isNamespace ? `${object.name}.${property.name}` : property.name;
}
