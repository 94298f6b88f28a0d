import type { AnyNode, CallExpression, Program } from 'acorn';
import { anchorOf, kindOf } from './describe-expression.js';
import type { ExpressionKind, SiteForm } from './expression-site.js';
import type { Scope } from './scope.js';
import { type FoundSites, SiteRecorder } from './site-recorder.js';
import { type SiteWalk, visitAll, visitMaybe } from './site-walk.js';
import { isNewError, operandsOf } from './syntax.js';
import {
  visitAssignment,
  visitCall,
  visitLink,
  visitOperands,
  visitProperty,
  visitUnary,
} from './visit-expressions.js';
import { visitClass, visitFunction } from './visit-functions.js';
import { visitTarget } from './visit-patterns.js';
import { visitList, visitStatement } from './visit-statements.js';

/** Finds every expression that allocates, and what speaks against a function around it. Linear in the file's size. */
export function findSites(program: Program): FoundSites {
  const record = new SiteRecorder();
  visitList(new FileWalk(record), program.body);
  return record.finish();
}

class FileWalk implements SiteWalk {
  readonly record: SiteRecorder;
  readonly wrappers = new Set<AnyNode>();
  /** The function that makes an error to throw it at once, while the walk is in that expression. */
  #thrownIn: Scope | null = null;

  constructor(record: SiteRecorder) {
    this.record = record;
  }

  visit(node: AnyNode): void {
    const kind = kindOf(node);
    if (!kind || this.#thrownIn === this.record.scope.activation) this.visitInside(node);
    else this.visitAsSite(node, kind, { form: 'expression' });
  }

  visitThrown(node: AnyNode): void {
    const outer = this.#thrownIn;
    if (isNewError(node)) this.#thrownIn = this.record.scope.activation;
    this.visit(node);
    this.#thrownIn = outer;
  }

  visitAsSite(node: AnyNode, kind: ExpressionKind, form: SiteForm): void {
    if (this.#thrownIn === this.record.scope.activation) {
      this.visitInside(node);
      return;
    }
    const value = node.type === 'AssignmentExpression' ? node.right : node;
    const operands = kind === 'concat' ? operandsOf(value) : [];
    this.record.openSite({ kind, form, node, anchor: anchorOf(node), operands }, () =>
      this.visitInside(node),
    );
  }

  visitInside(node: AnyNode): void {
    switch (node.type) {
      case 'Identifier':
        this.record.refer(node.name, false);
        break;
      case 'ThisExpression':
        this.record.markThis();
        break;
      case 'Super':
      case 'MetaProperty':
        this.record.markLexical();
        break;
      case 'PrivateIdentifier':
        this.record.markPrivateName();
        break;
      case 'AwaitExpression':
      case 'YieldExpression':
        this.record.cut();
        visitMaybe(this, node.argument);
        break;
      case 'CallExpression':
      case 'NewExpression':
        visitCall(this, node as CallExpression);
        break;
      case 'TaggedTemplateExpression':
        this.visitInside(node.tag); // a tag gives `this` to its call
        visitAll(this, node.quasi.expressions);
        break;
      case 'MemberExpression':
        visitLink(this, node.object);
        if (node.computed || node.property.type === 'PrivateIdentifier') this.visit(node.property);
        break;
      case 'ChainExpression':
        this.visitInside(node.expression);
        break;
      case 'UnaryExpression':
        visitUnary(this, node.operator, node.argument);
        break;
      case 'BinaryExpression':
        visitOperands(this, node);
        break;
      case 'UpdateExpression':
        visitTarget(this, node.argument);
        break;
      case 'AssignmentExpression':
        visitAssignment(this, node);
        break;
      case 'Property':
        visitProperty(this, node);
        break;
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        visitFunction(this, node);
        break;
      case 'ClassDeclaration':
      case 'ClassExpression':
        visitClass(this, node);
        break;
      default:
        visitStatement(this, node);
    }
  }
}
