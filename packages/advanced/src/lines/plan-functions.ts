import type { ExpressionSite } from './expression-site.js';
import { findBinding, isPermanent, type Scope, scopesOutward, thisOwner } from './scope.js';
import type { FoundSites } from './site-recorder.js';
import { NOT_A_PARAMETER } from './syntax.js';

/**
 * Which inserted functions can be made once and kept in a variable of the file. The others are made anew at every
 * evaluation, 56 bytes each (64 with a prototype slot; Node 20–26), and V8 folds that into allocations of the
 * function around them: what is kept does not show in a profile, and is cheaper.
 *
 * A kept function gets as arguments the variables and the `this` that its expression reads. It may not outlive
 * what the first call would have freed: no function around it may have a context object that it would hold.
 */
export function planKeptFunctions({ sites, hasDynamicScope }: FoundSites): ReadonlySet<ExpressionSite> {
  const kept = new Set(hasDynamicScope ? [] : sites.filter(canTakeArguments));
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
  return kept;
}

function canTakeArguments(site: ExpressionSite): boolean {
  if (site.isLexical || site.writesOutside) return false;
  for (const name of site.reads) {
    const binding = findBinding(name, site.scope);
    if (!binding || NOT_A_PARAMETER.test(name)) return false;
    // Read before its declaration, or in a `case` that may have skipped it, it would throw too early.
    if (binding.readableFrom > site.start || binding.scope.kind === 'switch') return false;
  }
  return true;
}

function giveContexts(site: ExpressionSite): void {
  for (const name of site.reads) {
    const scope = findBinding(name, site.scope)?.scope;
    if (scope) scope.hasContext = true;
  }
  if (site.usesThis || site.isLexical) thisOwner(site.scope).hasContext = true;
}

function holdsContext(from: Scope): boolean {
  for (const scope of scopesOutward(from)) if (scope.hasContext && !isPermanent(scope)) return true;
  return false;
}
