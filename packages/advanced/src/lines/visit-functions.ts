import type { AnyNode, Class, Function as FunctionNode } from 'acorn';
import type { Scope } from './scope.js';
import { type SiteWalk, visitMaybe } from './site-walk.js';
import { nameByKey, visitNamed } from './visit-names.js';
import { declareParameter } from './visit-patterns.js';
import { visitList } from './visit-statements.js';

export function visitFunction(walk: SiteWalk, node: FunctionNode, written: Scope['kind'] = 'function'): void {
  if (node.type === 'FunctionDeclaration' && node.id) {
    walk.record.declare(node.id.name, walk.record.scope);
    walk.record.declare(node.id.name, walk.record.scope.activation);
  }
  const isArrow = node.type === 'ArrowFunctionExpression';
  const kind = walk.wrappers.has(node as AnyNode) ? 'once' : isArrow ? 'arrow' : written;
  const searchFrom = isArrow ? node.start : (node.id?.end ?? node.start);
  const visitParts = () => {
    if (node.type === 'FunctionExpression' && node.id) walk.record.declare(node.id.name, walk.record.scope);
    for (const param of node.params) declareParameter(walk, param);
    if (node.body.type === 'BlockStatement') visitList(walk, node.body.body);
    else walk.visit(node.body);
  };
  const functionName = node.id?.name ?? walk.record.functionNames.get(node as AnyNode) ?? null;
  walk.record.within(kind, visitParts, { functionStart: searchFrom, functionName });
}

export function visitClass(walk: SiteWalk, node: Class): void {
  if (node.type === 'ClassDeclaration' && node.id)
    walk.record.declare(node.id.name, walk.record.scope, { readableFrom: node.end });
  walk.record.within('class', () => {
    if (node.id) walk.record.declare(node.id.name, walk.record.scope, { readableFrom: node.end });
    visitMaybe(walk, node.superClass);
    for (const member of node.body.body) {
      if (member.type === 'StaticBlock') {
        walk.record.within('function', () => visitList(walk, member.body));
        continue;
      }
      if (member.computed) walk.visit(member.key);
      if (member.type === 'MethodDefinition') {
        nameByKey(walk, member.value, member);
        const isDerived = member.kind === 'constructor' && node.superClass;
        visitFunction(walk, member.value, isDerived ? 'derived-constructor' : 'function');
      }
      if (member.type === 'PropertyDefinition' && member.value) {
        const { value, key, computed } = member;
        walk.record.within('function', () => visitNamed(walk, value, computed ? null : key));
      }
    }
  });
}
