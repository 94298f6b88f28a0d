import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Pace } from '../../../src/cli/work/pace.js';

/** How many turns come at once after a pause of 100 ms, in which 50 were missed. */
async function turnsAfterPause(pace: Pace): Promise<number> {
  await pace.turn();
  await delay(100);
  const pausedUntil = performance.now();
  for (let turns = 0; ; turns++) {
    await pace.turn();
    // One that waits takes 2 ms; those that are made up for take a few microseconds together.
    if (turns >= 50 || performance.now() - pausedUntil > 40) return turns;
  }
}

describe('Pace', () => {
  it('is no faster than asked for', async () => {
    const pace = new Pace(500);
    const startedAt = performance.now();
    for (let turn = 0; turn < 26; turn++) await pace.turn();
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(48);
  });

  it('makes up for missed turns only when asked', async () => {
    expect(await turnsAfterPause(new Pace(500, { makesUp: true }))).toBe(50);
    expect(await turnsAfterPause(new Pace(500))).toBeLessThan(30);
  });

  it('lets the event loop go on', async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    const pace = new Pace(1e9);
    const endAt = performance.now() + 100;
    while (performance.now() < endAt) await pace.turn();
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(1);
  });

  it('gives no more turns to those who have stopped', async () => {
    const stopping = new AbortController();
    const pace = new Pace(0.01);
    await pace.turn();
    const turn = pace.turn(stopping.signal);
    stopping.abort();
    await turn;
  });
});
