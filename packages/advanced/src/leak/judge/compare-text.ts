/**
 * The order of two texts by their code units, for what is otherwise equal: V8 tells of types and stacks in an order of its
 * own, and the same leak must have the same name and fingerprint in every run, on machines of every language.
 */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
