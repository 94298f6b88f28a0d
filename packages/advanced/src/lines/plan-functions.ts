import type { ExpressionSite } from './expression-site.js';
import { findBinding, isPermanent, type Scope, scopesOutward, thisOwner } from './scope.js';
import type { FoundSites } from './site-recorder.js';
import { NOT_A_PARAMETER } from './syntax.js';

export interface FunctionPlan {
  /** Made once, in a variable of the file. */
  readonly kept: ReadonlySet<ExpressionSite>;
  /** Given the variables that their expressions read as arguments, so that they capture none. All that are kept do so. */
  readonly passing: ReadonlySet<ExpressionSite>;
}

/**
 * Which inserted functions can be made once and kept in a variable of the file. The others are made anew at every
 * evaluation, 56 bytes each (Node 20–26), which cost time and are left out of profiles by their size.
 *
 * A kept function gets as arguments the variables and the `this` that its expression reads. It may not outlive
 * what the first call would have freed: no function around it may have a context object that it would hold.
 * One that is made anew gets variables as arguments where copies do: captured, they would enlarge context objects, and
 * make some of the size of a function.
 */
export function planKeptFunctions({ sites, hasDynamicScope }: FoundSites): FunctionPlan {
  const able = new Set(hasDynamicScope ? [] : sites.filter(canTakeArguments));
  const kept = new Set(able);
  const passing = new Set([...able].filter(canCopy));
  const giveContexts = (site: ExpressionSite) => {
    if (!passing.has(site)) giveVariablesContexts(site);
    if (site.usesThis || site.isLexical) thisOwner(site.scope).hasContext = true;
  };
  for (const site of sites) if (!kept.has(site)) giveContexts(site);
  // One made anew captures variables, which gives contexts to the functions around it: again until nothing changes.
  for (let before = -1; before !== kept.size; ) {
    before = kept.size;
    for (const site of kept) {
      if (!holdsContext(site.scope)) continue;
      kept.delete(site);
      giveContexts(site);
    }
  }
  for (const site of kept) passing.add(site);
  return { kept, passing };
}

function canTakeArguments(site: ExpressionSite): boolean {
  if (site.isLexical || site.writesOutside) return false;
  // In sloppy functions a change of `arguments` changes the parameters, which copies would not see.
  if (site.takesArguments && site.reads.size > 0) return false;
  for (const name of site.reads) {
    const binding = findBinding(name, site.scope);
    if (!binding || NOT_A_PARAMETER.test(name)) return false;
    // Read before its declaration, or in a `case` that may have skipped it, it would throw too early.
    if (binding.readableFrom > site.start || binding.scope.kind === 'switch') return false;
  }
  return true;
}

/** Whether the variables stay what they are while the expression is evaluated, and need none to see them after it. */
function canCopy({ isClosedOver, reads, scope }: ExpressionSite): boolean {
  if (isClosedOver) return false;
  for (const name of reads) {
    const binding = findBinding(name, scope);
    if (binding?.isCaptured && binding.isReassigned) return false;
  }
  return true;
}

function giveVariablesContexts(site: ExpressionSite): void {
  for (const name of site.reads) {
    const scope = findBinding(name, site.scope)?.scope;
    if (scope) scope.hasContext = true;
  }
}

function holdsContext(from: Scope): boolean {
  for (const scope of scopesOutward(from)) if (scope.hasContext && !isPermanent(scope)) return true;
  return false;
}
