import type { AnyNode, ForInStatement, ForOfStatement, VariableDeclaration } from 'acorn';
import { isPermanent } from './scope.js';
import { type SiteWalk, visitAll, visitMaybe } from './site-walk.js';
import { calledOnTheSpot, childrenOf, isAnonymousFunction } from './syntax.js';
import { visitNamed } from './visit-names.js';
import { declareParameter, visitPattern, visitTarget } from './visit-patterns.js';

export function visitStatement(walk: SiteWalk, node: AnyNode): void {
  switch (node.type) {
    case 'VariableDeclaration':
      visitDeclaration(walk, node);
      break;
    case 'BlockStatement':
      walk.record.within('block', () => visitList(walk, node.body));
      break;
    case 'CatchClause':
      walk.record.within('block', () => {
        if (node.param) declareParameter(walk, node.param);
        walk.visit(node.body);
      });
      break;
    case 'SwitchStatement':
      walk.visit(node.discriminant);
      walk.record.within('switch', () => {
        for (const { test, consequent } of node.cases) {
          visitMaybe(walk, test);
          visitList(walk, consequent);
        }
      });
      break;
    case 'ForStatement':
      walk.record.within('block', () => visitAll(walk, childrenOf(node)));
      break;
    case 'ForInStatement':
    case 'ForOfStatement':
      walk.record.within('block', () => visitIteration(walk, node));
      break;
    case 'WithStatement':
      walk.record.hasDynamicScope = true;
      visitAll(walk, childrenOf(node));
      break;
    case 'ThrowStatement':
      walk.visitThrown(node.argument);
      break;
    case 'LabeledStatement':
      walk.visit(node.body);
      break;
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'ExportAllDeclaration':
      break;
    case 'ImportDeclaration':
      for (const { local } of node.specifiers) walk.record.declare(local.name, walk.record.scope);
      break;
    case 'ExportNamedDeclaration':
      visitMaybe(walk, node.declaration);
      break;
    case 'ExportDefaultDeclaration':
      // An anonymous function here is called `default`.
      if (isAnonymousFunction(node.declaration)) walk.visitInside(node.declaration);
      else walk.visit(node.declaration);
      break;
    default:
      visitAll(walk, childrenOf(node));
  }
}

export function visitList(walk: SiteWalk, statements: readonly AnyNode[]): void {
  for (const [index, statement] of statements.entries()) {
    const wrapper = isPermanent(walk.record.scope) ? calledOnTheSpot(statement) : null;
    if (wrapper) walk.wrappers.add(wrapper);
    if (index > 0 && statement.type === 'ExpressionStatement')
      walk.record.continuableStarts.add(statement.start);
    walk.visit(statement);
  }
}

function visitDeclaration(walk: SiteWalk, { kind, declarations }: VariableDeclaration): void {
  for (const { id, init, end } of declarations) {
    walk.record.declarePattern(id, { isVar: kind === 'var', readableFrom: end, init: init ?? null });
    visitPattern(walk, id);
    if (init) visitNamed(walk, init, id);
  }
}

function visitIteration(walk: SiteWalk, { left, right, body }: ForInStatement | ForOfStatement): void {
  if (left.type === 'VariableDeclaration') {
    for (const { id } of left.declarations) {
      walk.record.declarePattern(id, { isVar: left.kind === 'var', readableFrom: right.end, init: null });
      visitPattern(walk, id);
    }
  } else visitTarget(walk, left);
  walk.visit(right);
  walk.visit(body);
}
