/** The work ends so long before the watch does, that the last round sees what is left when nothing is under way. */
export function restOf(durationMs: number): number {
  return Math.min(1_000, Math.max(250, durationMs * 0.05));
}
