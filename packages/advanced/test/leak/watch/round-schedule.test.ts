import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { watchOptions } from '../../../src/leak/leak-detector-options.js';
import { nextRoundIn } from '../../../src/leak/watch/round-schedule.js';

/** When the rounds of a watch end, each with a pause of so long. */
function roundsOf(durationMs: number, pauseMs: number): number[] {
  const options = watchOptions(durationMs);
  const ends: number[] = [];
  for (let elapsed = 0; elapsed < durationMs; ) {
    elapsed += nextRoundIn(options, pauseMs, elapsed) + pauseMs;
    ends.push(elapsed);
  }
  return ends;
}

describe('nextRoundIn', () => {
  it('brings enough rounds for a verdict in the first third of a short watch', () => {
    expect(roundsOf(20_000, 7).filter((end) => end < 20_000 / 3).length).toBeGreaterThanOrEqual(12);
  });

  it('spends no more than its budget on pauses, however long they are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5_000, max: 3_600_000 }),
        fc.integer({ min: 1, max: 3_000 }),
        (durationMs, pauseMs) => {
          const spent = roundsOf(durationMs, pauseMs).length * pauseMs;
          // The last round comes when the time is up, whatever it costs.
          expect(spent).toBeLessThanOrEqual(
            Math.min(
              durationMs * 0.1,
              Math.max(durationMs * watchOptions(durationMs).pauseBudget, 16 * pauseMs),
            ) +
              2 * pauseMs,
          );
        },
      ),
    );
  });

  it('brings no more rounds than are kept, however long the watch is', () => {
    for (const hours of [0.5, 1, 8]) {
      const rounds = roundsOf(hours * 3_600_000, 11).length;
      expect(rounds).toBeGreaterThan(100);
      expect(rounds).toBeLessThanOrEqual(128);
    }
  });

  it('ends with the watch', () => {
    expect(roundsOf(60_000, 11).at(-1)).toBeLessThan(60_000 + 12);
  });
});
