import type {
  AnyNode,
  AssignmentExpression,
  CallExpression,
  Class,
  Expression,
  ForInStatement,
  ForOfStatement,
  Function as FunctionNode,
  Identifier,
  Program,
  VariableDeclaration,
} from 'acorn';
import { anchorOf, kindOf } from './describe-expression.js';
import type { ExpressionKind, SiteForm } from './expression-site.js';
import { isPermanent, type Scope } from './scope.js';
import { type FoundSites, SiteRecorder } from './site-recorder.js';
import {
  calledOnTheSpot,
  childrenOf,
  isAnonymousFunction,
  isDirectEval,
  isModuleExports,
  mayEndEarly,
  NOT_A_PARAMETER,
  namesIn,
  operandsOf,
} from './syntax.js';

/** Finds every expression that allocates, and what speaks against a function around it. Linear in the file's size. */
export function findSites(program: Program): FoundSites {
  const record = new SiteRecorder();
  new SiteWalk(record).visitProgram(program);
  return record.finish();
}

class SiteWalk {
  readonly #record: SiteRecorder;
  /** Functions around a whole file. */
  readonly #wrappers = new Set<AnyNode>();

  constructor(record: SiteRecorder) {
    this.#record = record;
  }

  visitProgram(program: Program): void {
    this.#visitList(program.body);
  }

  #visitList(statements: readonly AnyNode[]): void {
    for (const [index, statement] of statements.entries()) {
      const wrapper = isPermanent(this.#record.scope) ? calledOnTheSpot(statement) : null;
      if (wrapper) this.#wrappers.add(wrapper);
      if (index > 0 && statement.type === 'ExpressionStatement')
        this.#record.continuableStarts.add(statement.start);
      this.#visit(statement);
    }
  }

  #visitAll(nodes: Iterable<AnyNode | null>): void {
    for (const node of nodes) if (node) this.#visit(node);
  }

  #visitMaybe(node: AnyNode | null | undefined): void {
    if (node) this.#visit(node);
  }

  /** A node whose value is used: an allocating expression here becomes a site. */
  #visit(node: AnyNode): void {
    const kind = kindOf(node);
    if (!kind) this.#visitInside(node);
    else this.#visitAsSite(node, kind, { form: 'expression' });
  }

  #visitAsSite(node: AnyNode, kind: ExpressionKind, form: SiteForm): void {
    const value = node.type === 'AssignmentExpression' ? node.right : node;
    const operands = kind === 'concat' ? operandsOf(value) : [];
    this.#record.openSite({ kind, form, node, anchor: anchorOf(node), operands }, () =>
      this.#visitInside(node),
    );
  }

  /** The node itself stays as it is; what it is made of is looked at. */
  #visitInside(node: AnyNode): void {
    switch (node.type) {
      case 'Identifier':
        this.#record.refer(node.name, false);
        break;
      case 'ThisExpression':
        this.#record.markThis();
        break;
      case 'Super':
      case 'MetaProperty':
        this.#record.markLexical();
        break;
      case 'PrivateIdentifier':
        this.#record.markPrivateName();
        break;
      case 'AwaitExpression':
      case 'YieldExpression':
        this.#record.cut();
        this.#visitMaybe(node.argument);
        break;
      case 'CallExpression':
      case 'NewExpression':
        this.#visitCall(node as CallExpression);
        break;
      case 'TaggedTemplateExpression':
        this.#visitInside(node.tag); // a tag gives `this` to its call
        this.#visitAll(node.quasi.expressions);
        break;
      case 'MemberExpression':
        this.#visitLink(node.object);
        if (node.computed || node.property.type === 'PrivateIdentifier') this.#visit(node.property);
        break;
      case 'ChainExpression':
        this.#visitInside(node.expression);
        break;
      case 'UnaryExpression':
        this.#visitUnary(node.operator, node.argument);
        break;
      case 'BinaryExpression':
        this.#visitOperands(node);
        break;
      case 'UpdateExpression':
        this.#visitTarget(node.argument);
        break;
      case 'AssignmentExpression':
        this.#visitAssignment(node);
        break;
      case 'Property':
        this.#visitProperty(node);
        break;
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        this.#visitFunction(node);
        break;
      case 'ClassDeclaration':
      case 'ClassExpression':
        this.#visitClass(node);
        break;
      default:
        this.#visitStatement(node);
    }
  }

  #visitStatement(node: AnyNode): void {
    switch (node.type) {
      case 'VariableDeclaration':
        this.#visitDeclaration(node);
        break;
      case 'BlockStatement':
        this.#record.within('block', () => this.#visitList(node.body));
        break;
      case 'CatchClause':
        this.#record.within('block', () => {
          if (node.param) this.#declareParameter(node.param);
          this.#visit(node.body);
        });
        break;
      case 'SwitchStatement':
        this.#visit(node.discriminant);
        this.#record.within('switch', () => {
          for (const { test, consequent } of node.cases) {
            this.#visitMaybe(test);
            this.#visitList(consequent);
          }
        });
        break;
      case 'ForStatement':
        this.#record.within('block', () => this.#visitAll(childrenOf(node)));
        break;
      case 'ForInStatement':
      case 'ForOfStatement':
        this.#record.within('block', () => this.#visitIteration(node));
        break;
      case 'WithStatement':
        this.#record.hasDynamicScope = true;
        this.#visitAll(childrenOf(node));
        break;
      case 'LabeledStatement':
        this.#visit(node.body);
        break;
      case 'BreakStatement':
      case 'ContinueStatement':
      case 'ExportAllDeclaration':
        break;
      case 'ImportDeclaration':
        for (const { local } of node.specifiers) this.#record.declare(local.name, this.#record.scope);
        break;
      case 'ExportNamedDeclaration':
        this.#visitMaybe(node.declaration);
        break;
      case 'ExportDefaultDeclaration':
        // An anonymous function here is called `default`.
        if (isAnonymousFunction(node.declaration)) this.#visitInside(node.declaration);
        else this.#visit(node.declaration);
        break;
      default:
        this.#visitAll(childrenOf(node));
    }
  }

  #visitProperty(node: Extract<AnyNode, { type: 'Property' }>): void {
    if (node.computed) this.#visit(node.key);
    if (node.method || node.kind !== 'init') this.#visitInside(node.value);
    else this.#visitNamed(node.value, node.computed ? null : node.key);
  }

  #visitDeclaration({ kind, declarations }: VariableDeclaration): void {
    for (const { id, init, end } of declarations) {
      this.#record.declarePattern(id, { isVar: kind === 'var', readableFrom: end, init: init ?? null });
      this.#visitPattern(id);
      if (init) this.#visitNamed(init, id);
    }
  }

  #visitIteration({ left, right, body }: ForInStatement | ForOfStatement): void {
    if (left.type === 'VariableDeclaration') {
      for (const { id } of left.declarations) {
        this.#record.declarePattern(id, { isVar: left.kind === 'var', readableFrom: right.end, init: null });
        this.#visitPattern(id);
      }
    } else this.#visitTarget(left);
    this.#visit(right);
    this.#visit(body);
  }

  #visitCall(node: CallExpression): void {
    if (isDirectEval(node)) {
      this.#record.hasDynamicScope = true;
      this.#record.cut();
    }
    // `super()` binds `this`; that is left to the constructor itself.
    if (node.callee.type === 'Super') this.#record.cut();
    this.#visitInside(node.callee); // a callee gives `this` to its call
    this.#visitAll(node.arguments);
  }

  /** One site does for a whole `a + b + c`. */
  #visitOperands(node: AnyNode): void {
    if (node.type !== 'BinaryExpression') this.#visit(node);
    else {
      if (node.operator === '+') this.#visitOperands(node.left);
      else this.#visit(node.left);
      this.#visit(node.right);
    }
  }

  /** What a member is read from: a value, unless the chain could end early inside it. */
  #visitLink(node: AnyNode): void {
    if (mayEndEarly(node)) this.#visitInside(node);
    else this.#visit(node);
  }

  #visitUnary(operator: string, argument: Expression): void {
    if (operator === 'delete') {
      if (argument.type === 'Identifier') this.#record.hasDynamicScope = true;
      this.#visitInside(argument);
    } else this.#visit(argument);
  }

  #visitAssignment(node: AssignmentExpression): void {
    this.#visitTarget(node.left);
    // Node reads the names that CommonJS exports from the text `module.exports = { a, b }`.
    if (isModuleExports(node.left)) this.#visitInside(node.right);
    else if (/^(&&|\|\||\?\?)?=$/.test(node.operator)) this.#visitNamed(node.right, node.left);
    else if (node.operator === '+=' && node.left.type === 'Identifier') this.#visitAppend(node, node.left);
    else this.#visit(node.right);
  }

  #visitAppend(node: AssignmentExpression, left: Identifier): void {
    const { right } = node;
    this.#record.openSite(
      {
        kind: 'concat',
        form: { form: 'append', name: left.name, targetEnd: left.end },
        node,
        anchor: node.start,
        operands: [left, ...operandsOf(right)],
      },
      () => {
        this.#record.refer(left.name, false);
        this.#visitOperands(right);
      },
    );
  }

  /** The target of an assignment is a place, not a value. */
  #visitTarget(node: AnyNode): void {
    if (node.type === 'Identifier') this.#record.refer(node.name, true);
    else if (node.type === 'MemberExpression') this.#visitInside(node);
    else this.#visitPattern(node, true);
  }

  #visitPattern(node: AnyNode, assigns = false): void {
    switch (node.type) {
      case 'ObjectPattern':
        for (const property of node.properties) {
          if (property.type === 'RestElement') this.#visitPattern(property.argument, assigns);
          else {
            if (property.computed) this.#visit(property.key);
            this.#visitPattern(property.value, assigns);
          }
        }
        return;
      case 'ArrayPattern':
        for (const element of node.elements) if (element) this.#visitPattern(element, assigns);
        return;
      case 'RestElement':
        this.#visitPattern(node.argument, assigns);
        break;
      case 'AssignmentPattern':
        this.#visitPattern(node.left, assigns);
        this.#visitNamed(node.right, node.left);
        break;
      case 'Identifier':
        if (assigns) this.#record.refer(node.name, true);
        break;
      default:
        this.#visitTarget(node);
    }
  }

  /** A value that takes its name from where it stands, if it is a function without one. */
  #visitNamed(value: AnyNode, name: AnyNode | null): void {
    const text = name?.type === 'Identifier' ? name.name : '__proto__';
    if (!isAnonymousFunction(value)) this.#visit(value);
    // The inserted parameter of that name must not come between the function and the variable that it means.
    else if (NOT_A_PARAMETER.test(text) || mentions(value, text)) this.#visitInside(value);
    else {
      const kind = value.type === 'ClassExpression' ? 'class' : 'closure';
      this.#visitAsSite(value, kind, { form: 'named', name: text });
    }
  }

  #visitFunction(node: FunctionNode, written: Scope['kind'] = 'function'): void {
    if (node.type === 'FunctionDeclaration' && node.id) {
      this.#record.declare(node.id.name, this.#record.scope);
      this.#record.declare(node.id.name, this.#record.scope.activation);
    }
    const isArrow = node.type === 'ArrowFunctionExpression';
    const kind = this.#wrappers.has(node as AnyNode) ? 'once' : isArrow ? 'arrow' : written;
    const searchFrom = isArrow ? node.start : (node.id?.end ?? node.start);
    const visitParts = () => {
      if (node.type === 'FunctionExpression' && node.id)
        this.#record.declare(node.id.name, this.#record.scope);
      for (const param of node.params) this.#declareParameter(param);
      if (node.body.type === 'BlockStatement') this.#visitList(node.body.body);
      else this.#visit(node.body);
    };
    this.#record.within(kind, visitParts, searchFrom);
  }

  #visitClass(node: Class): void {
    if (node.type === 'ClassDeclaration' && node.id)
      this.#record.declare(node.id.name, this.#record.scope, { readableFrom: node.end });
    this.#record.within('class', () => {
      if (node.id) this.#record.declare(node.id.name, this.#record.scope, { readableFrom: node.end });
      this.#visitMaybe(node.superClass);
      for (const member of node.body.body) {
        if (member.type === 'StaticBlock') {
          this.#record.within('function', () => this.#visitList(member.body));
          continue;
        }
        if (member.computed) this.#visit(member.key);
        if (member.type === 'MethodDefinition') {
          const isDerived = member.kind === 'constructor' && node.superClass;
          this.#visitFunction(member.value, isDerived ? 'derived-constructor' : 'function');
        }
        if (member.type === 'PropertyDefinition' && member.value) {
          const { value, key, computed } = member;
          this.#record.within('function', () => this.#visitNamed(value, computed ? null : key));
        }
      }
    });
  }

  #declareParameter(pattern: AnyNode): void {
    for (const name of namesIn(pattern))
      this.#record.declare(name, this.#record.scope, { readableFrom: pattern.end });
    this.#visitPattern(pattern);
  }
}

function mentions(node: AnyNode, name: string): boolean {
  if (node.type === 'Identifier') return node.name === name;
  for (const child of childrenOf(node)) if (mentions(child, name) || isDirectEval(child)) return true;
  return false;
}
