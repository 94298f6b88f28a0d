import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { type GcEvent, observeGc } from '../../src/index.js';

setFlagsFromString('--expose-gc');
const collect: (options?: { type: 'minor' | 'major' }) => void = runInNewContext('gc');

const until = async (condition: () => boolean) => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
};

it('tells kind, time and length of each collection, and whether it was asked for', async () => {
  const events: GcEvent[] = [];
  using _ = observeGc((event) => events.push(event));
  const beganMs = performance.now();
  collect();
  collect({ type: 'minor' });
  await until(() => ['major', 'minor'].every((kind) => events.some((event) => event.kind === kind)));
  const major = events.find((event) => event.kind === 'major' && event.forced);
  expect(major?.timeMs).toBeGreaterThanOrEqual(beganMs - 1);
  expect(major?.durationMs).toBeGreaterThan(0);
});

it('tells nothing any more once disposed, and may be disposed twice', async () => {
  const events: GcEvent[] = [];
  const silent = observeGc((event) => events.push(event));
  silent[Symbol.dispose]();
  silent[Symbol.dispose]();
  let heard = false;
  using _ = observeGc(() => {
    heard = true;
  });
  collect();
  await until(() => heard);
  expect(events).toEqual([]);
});
