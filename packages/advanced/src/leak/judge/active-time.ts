import type { RoundReading } from '../evidence.js';

/** For how long the program could work until then: memx's pauses are no time of its own. */
export function activeTimeAt(timeMs: number, rounds: readonly RoundReading[]): number {
  const latest = rounds.findLast((round) => round.timeMs <= timeMs);
  return latest ? latest.activeMs + timeMs - latest.timeMs : timeMs;
}
