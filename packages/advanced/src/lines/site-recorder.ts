import type { AnyNode, Expression } from 'acorn';
import { calledVariable, calleeName } from './describe-expression.js';
import type { ExpressionSite } from './expression-site.js';
import {
  type Binding,
  findBinding,
  isPermanent,
  type NewScope,
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

/** `arguments` where a call passes it on: no message of V8's names it there, and it may go by another name. */
interface PassedArguments {
  readonly at: number;
  readonly scope: Scope;
  readonly site: ExpressionSite | null;
  /** The sites around it in its function. */
  readonly within: readonly ExpressionSite[];
}

export interface FoundSites {
  /** In the order of the text, outer ones before those inside them. */
  readonly sites: readonly ExpressionSite[];
  /** Where statements start that a bracket in front would make part of the statement before, if that has no semicolon. */
  readonly continuableStarts: ReadonlySet<number>;
  /** Where `arguments` stands in sites that take it. */
  readonly takenArguments: readonly number[];
  /** A direct `eval` or a `with`: which variable a name means is not known before it runs. */
  readonly hasDynamicScope: boolean;
}

/** Takes down what a walk over a file sees: sites, variables, and what stands in the way of inserted functions. */
export class SiteRecorder {
  scope: Scope = openScope('file', null);
  hasDynamicScope = false;
  readonly continuableStarts = new Set<number>();
  /** What functions without a name of their own are called by where they stand. */
  readonly functionNames = new Map<AnyNode, string>();
  readonly #sites: ExpressionSite[] = [];
  readonly #references: Reference[] = [];
  readonly #passedArguments: PassedArguments[] = [];
  #site: ExpressionSite | null = null;

  finish(): FoundSites {
    this.#resolveReferences();
    for (const site of this.#sites) if (isNumericSum(site)) site.isCut = true;
    const takenArguments = this.#settleArguments();
    return {
      sites: this.#sites.filter((site) => !site.isCut).sort((a, b) => a.start - b.start || b.end - a.end),
      continuableStarts: this.continuableStarts,
      takenArguments,
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

  /** All sites around one take it, or none: those that are made in their place anyway see it. */
  #settleArguments(): number[] {
    const isSeen = ({ scope, within }: PassedArguments) =>
      this.hasDynamicScope ||
      findBinding('arguments', scope) !== null ||
      within.some((site) => site.isLexical && !site.isCut);
    let taken = this.#passedArguments;
    for (let seen = taken.filter(isSeen); seen.length > 0; seen = taken.filter(isSeen)) {
      for (const { scope, site } of seen) markLexicalFrom(site, scope);
      taken = taken.filter((passed) => !seen.includes(passed));
    }
    const inSites = taken.filter(({ within }) => within.some(({ isCut }) => !isCut));
    for (const { within } of inSites) for (const site of within) site.takesArguments = true;
    return inSites.map(({ at }) => at);
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
      takesArguments: false,
      writesOutside: false,
      isClosedOver: false,
      reads: new Set(),
    };
    this.#sites.push(site);
    this.#site = site;
    visit();
    this.#site = site.parent;
  }

  within(kind: Scope['kind'], visit: () => void, of: NewScope = {}): void {
    const outer = this.scope;
    this.scope = openScope(kind, outer, of);
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

  /** A call passes `arguments` on. */
  referArguments(at: number): void {
    const { scope } = this;
    if (scope.activation.kind !== 'function') this.refer('arguments', false);
    else
      this.#passedArguments.push({ at, scope, site: this.#site, within: [...this.#sitesOfThisFunction()] });
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
    markLexicalFrom(this.#site, this.scope);
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

function markLexicalFrom(innermost: ExpressionSite | null, scope: Scope): void {
  for (let site = innermost; site; site = site.parent) site.isLexical = true;
  thisOwner(scope).hasContext = true;
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
