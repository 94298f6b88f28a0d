import type { AnyNode, Expression, Literal } from 'acorn';

/** The nodes directly below, in the order of the text as far as the parser keeps it. */
export function* childrenOf(node: AnyNode): Generator<AnyNode> {
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) yield item;
    } else if (isNode(value)) yield value;
  }
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** The names that a pattern declares, or the identifiers that it assigns to. */
export function* namesIn(pattern: AnyNode): Generator<string> {
  switch (pattern.type) {
    case 'Identifier':
      yield pattern.name;
      return;
    case 'ObjectPattern':
      for (const property of pattern.properties)
        yield* namesIn(property.type === 'Property' ? property.value : property.argument);
      return;
    case 'ArrayPattern':
      for (const element of pattern.elements) if (element) yield* namesIn(element);
      return;
    case 'AssignmentPattern':
      yield* namesIn(pattern.left);
      return;
    case 'RestElement':
      yield* namesIn(pattern.argument);
  }
}

/** Functions and classes without a name of their own take one from where they stand. */
export function isAnonymousFunction(node: AnyNode): boolean {
  return (
    node.type === 'ArrowFunctionExpression' ||
    ((node.type === 'FunctionExpression' || node.type === 'ClassExpression') && !node.id)
  );
}

/**
 * The function that a statement calls on the spot, as bundlers and loaders wrap whole files: `(() => { … })()`,
 * `!function () { … }()`, `(function () { … }).call(this)`. Nobody else can call it.
 */
export function calledOnTheSpot(statement: AnyNode): AnyNode | null {
  if (statement.type !== 'ExpressionStatement') return null;
  const { expression } = statement;
  const call = expression.type === 'UnaryExpression' ? expression.argument : expression;
  if (call.type !== 'CallExpression') return null;
  const { callee } = call;
  const called =
    callee.type === 'MemberExpression' && isNamed(callee.property, 'call') ? callee.object : callee;
  if (called.type === 'ArrowFunctionExpression') return called.async ? null : called;
  return called.type === 'FunctionExpression' && !called.id && !called.async && !called.generator
    ? called
    : null;
}

export function isNamed(node: AnyNode, name: string): boolean {
  return node.type === 'Identifier' && node.name === name;
}

/** Whether a chain `a?.b.c()` could end early at or before this link; it must then stay in one piece. */
export function mayEndEarly(node: AnyNode): boolean {
  for (let link = node; ; ) {
    if (link.type === 'MemberExpression' || link.type === 'CallExpression') {
      if (link.optional) return true;
      link = link.type === 'MemberExpression' ? link.object : link.callee;
    } else return false;
  }
}

/** `new TypeError(…)`, `new errors.ParseError(…)`: told by the name alone. */
export function isNewError(node: AnyNode): boolean {
  if (node.type !== 'NewExpression') return false;
  const { callee } = node;
  const named = callee.type === 'MemberExpression' && !callee.computed ? callee.property : callee;
  return named.type === 'Identifier' && /(Error|Exception)$/.test(named.name);
}

export function isDirectEval(node: AnyNode): boolean {
  return node.type === 'CallExpression' && isNamed(node.callee, 'eval');
}

export function isModuleExports(node: AnyNode): boolean {
  return (
    node.type === 'MemberExpression' && isNamed(node.object, 'module') && isNamed(node.property, 'exports')
  );
}

/** The operands of `a + b + c`; a value that is no sum is its own. */
export function operandsOf(node: AnyNode): Expression[] {
  return [...flattenSum(node)];
}

function* flattenSum(node: AnyNode): Generator<Expression> {
  if (node.type === 'BinaryExpression' && node.operator === '+') {
    yield* flattenSum(node.left);
    yield* flattenSum(node.right);
  } else yield node as Expression;
}

export function isSurelyString(node: AnyNode): boolean {
  return node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string');
}

export function isSurelyNumeric(node: AnyNode): boolean {
  if (node.type === 'MemberExpression') return !node.computed && isNamed(node.property, 'length');
  return node.type === 'UpdateExpression' || isArithmetic(node);
}

/** What is seldom added to a string: a literal number, a difference, a product. A counter often is. */
export function isArithmetic(node: AnyNode): boolean {
  switch (node.type) {
    case 'Literal':
      return isNumber(node);
    case 'UnaryExpression':
      return '+-~'.includes(node.operator);
    case 'BinaryExpression':
      return /^([-*/%&|^]|\*\*|<<|>>>?)$/.test(node.operator);
    default:
      return false;
  }
}

function isNumber({ value, bigint }: Literal): boolean {
  return typeof value === 'number' || (bigint !== undefined && bigint !== null);
}

/** Reserved words of both modes, and names with a meaning of their own. */
export const NOT_A_PARAMETER =
  /^(__proto__|arguments|await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|eval|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|var|void|while|with|yield)$/;
