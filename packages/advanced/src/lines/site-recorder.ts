import type { AnyNode, Expression } from 'acorn';
import { calledVariable, calleeName } from './describe-expression.js';
import type { ExpressionSite } from './expression-site.js';
import {
  type Binding,
  findBinding,
  isPermanent,
  openScope,
  type Scope,
  scopesOutward,
  thisOwner,
} from './scope.js';
import { isArithmetic, isSurelyNumeric, isSurelyString, namesIn } from './syntax.js';

type NewSite = Pick<ExpressionSite, 'kind' | 'form' | 'anchor' | 'operands'>;

interface Reference {
  readonly name: string;
  readonly scope: Scope;
  readonly site: ExpressionSite | null;
  readonly writes: boolean;
}

export interface FoundSites {
  /** In the order of the text, outer ones before those inside them. */
  readonly sites: readonly ExpressionSite[];
  /** Where statements start that a bracket in front would make part of the statement before, if that has no semicolon. */
  readonly continuableStarts: ReadonlySet<number>;
  /** A direct `eval` or a `with`: which variable a name means is not known before it runs. */
  readonly hasDynamicScope: boolean;
}

/** Takes down what a walk over a file sees: sites, variables, and what stands in the way of inserted functions. */
export class SiteRecorder {
  scope: Scope = openScope('file', null);
  hasDynamicScope = false;
  readonly continuableStarts = new Set<number>();
  readonly #sites: ExpressionSite[] = [];
  readonly #references: Reference[] = [];
  #site: ExpressionSite | null = null;

  finish(): FoundSites {
    this.#resolveReferences();
    return {
      sites: this.#sites
        .filter((site) => !site.isCut && !isNumericSum(site))
        .sort((a, b) => a.start - b.start || b.end - a.end),
      continuableStarts: this.continuableStarts,
      hasDynamicScope: this.hasDynamicScope,
    };
  }

  #resolveReferences(): void {
    for (const { name, scope, site, writes } of this.#references) {
      const binding = findBinding(name, scope);
      if (!binding || isPermanent(binding.scope)) continue;
      if (writes) binding.isReassigned = true;
      if (binding.scope.activation !== scope.activation) {
        binding.isCaptured = true;
        binding.scope.hasContext = true;
      }
      for (let around = site; around; around = around.parent) {
        if (isWithin(binding.scope, around.scope)) {
          around.reads.add(name);
          if (writes) around.writesOutside = true;
          if (scope.activation !== around.scope.activation) around.isClosedOver = true;
        }
      }
    }
  }

  openSite(
    { kind, form, node, anchor, operands }: NewSite & { readonly node: AnyNode },
    visit: () => void,
  ): void {
    const site: ExpressionSite = {
      kind,
      form,
      start: node.start,
      end: node.end,
      anchor,
      operands,
      callee: calleeName(node),
      calledVariable: calledVariable(node),
      scope: this.scope,
      parent: this.#site,
      isCut: false,
      usesThis: false,
      isLexical: false,
      writesOutside: false,
      isClosedOver: false,
      reads: new Set(),
    };
    this.#sites.push(site);
    this.#site = site;
    visit();
    this.#site = site.parent;
  }

  within(kind: Scope['kind'], visit: () => void, functionStart: number | null = null): void {
    const outer = this.scope;
    this.scope = openScope(kind, outer, functionStart);
    visit();
    this.scope = outer;
  }

  declarePattern(
    pattern: AnyNode,
    { isVar, readableFrom, init }: { isVar: boolean; readableFrom: number; init: Expression | null },
  ): void {
    const scope = isVar ? this.scope.activation : this.scope;
    const startsAs = init && pattern.type === 'Identifier' ? primitiveOf(init) : null;
    for (const name of namesIn(pattern))
      this.declare(name, scope, { readableFrom: isVar ? 0 : readableFrom, startsAs });
  }

  declare(name: string, scope: Scope, { readableFrom = 0, startsAs = null }: Partial<Binding> = {}): void {
    const seen = scope.names.get(name);
    scope.names.set(name, {
      scope,
      readableFrom: Math.max(readableFrom, seen?.readableFrom ?? 0),
      startsAs: seen?.startsAs ?? startsAs,
      isCaptured: false,
      isReassigned: false,
    });
  }

  refer(name: string, writes: boolean): void {
    if (name === 'arguments') this.markLexical();
    this.#references.push({ name, scope: this.scope, site: this.#site, writes });
  }

  /** The sites around, as far as nothing in between is a function. */
  *#sitesOfThisFunction(): Generator<ExpressionSite> {
    for (let site = this.#site; site; site = site.parent) {
      if (site.scope.activation !== this.scope.activation) return;
      yield site;
    }
  }

  /** No function may stand around an `await`, a `yield` or what else belongs to its function. */
  cut(): void {
    for (const site of this.#sitesOfThisFunction()) site.isCut = true;
  }

  /** Only an arrow function made in its place sees what stands here. */
  markLexical(): void {
    for (let site = this.#site; site; site = site.parent) site.isLexical = true;
    thisOwner(this.scope).hasContext = true;
  }

  /** A class that is evaluated again has private names of its own. */
  markPrivateName(): void {
    if (!isPermanent(nearestClass(this.scope))) this.markLexical();
  }

  markThis(): void {
    const owner = thisOwner(this.scope);
    const isInArrow = owner !== this.scope.activation;
    if (isInArrow) owner.hasContext = true;
    for (let site = this.#site; site && thisOwner(site.scope) === owner; site = site.parent) {
      site.usesThis = true;
      // An arrow function inside keeps the `this` around it, and a derived constructor may have none yet.
      if (isInArrow || owner.kind === 'derived-constructor') site.isLexical = true;
    }
  }
}

function nearestClass(from: Scope): Scope {
  for (const scope of scopesOutward(from)) if (scope.kind === 'class') return scope;
  return from;
}

function isWithin(scope: Scope, inner: Scope): boolean {
  for (const around of scopesOutward(inner)) if (around === scope) return true;
  return false;
}

function isNumericSum({ operands, scope }: ExpressionSite): boolean {
  if (operands.length === 0) return false;
  const startsAs = (operand: Expression) =>
    operand.type === 'Identifier' ? findBinding(operand.name, scope)?.startsAs : primitiveOf(operand);
  if (operands.some((operand) => startsAs(operand) === 'string')) return false;
  return operands.some(isArithmetic) || operands.every((operand) => startsAs(operand) === 'number');
}

function primitiveOf(node: AnyNode): Binding['startsAs'] {
  return isSurelyNumeric(node) ? 'number' : isSurelyString(node) ? 'string' : null;
}
