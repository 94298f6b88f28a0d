import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readCases } from '../src/read-cases.mjs';
import { scoreCheck } from '../src/scores/score-check.mjs';

const cases = readCases(fileURLToPath(new URL('../programs', import.meta.url)));
const labelled = (name: string) => {
  const found = cases.find((one) => one.name === name);
  if (!found) throw new Error(name);
  return found;
};
const leak = labelled('sessions-without-expiry');
const lineOf = (text: string) =>
  leak.driverLines.find((one: { text: string }) => one.text.includes(text))?.line ?? 0;
const site = (line: number, column: number, functionName: string, filename = `/app/${leak.script}`) => ({
  ...{ filename, line, column, functionName, package: null, origin: 'own', sizeBytes: 4099 },
});
const suspect = (more: object = {}) => ({
  confidence: 'high',
  type: 'Session',
  sites: [],
  path: null,
  ...more,
});
const score = (suspects: object[], of = leak) =>
  scoreCheck(of, {
    exitCode: suspects.length > 0 ? 1 : 0,
    document: { outcome: suspects.length > 0 ? 'leak' : 'clean', suspects, detectedAtMs: 7013 },
  });

describe('scoreCheck', () => {
  it('tells the own line from the own function', () => {
    const line = lineOf('new Session');
    expect(score([suspect({ sites: [site(line, 3, 'open')] })])).toMatchObject({
      ownLine: true,
      ownFunction: true,
    });
    // where V8 says that open() begins
    expect(score([suspect({ sites: [site(line - 1, 14, 'open')] })])).toMatchObject({
      ...{ ownLine: false, ownFunction: true, siteRight: true },
    });
    expect(score([suspect({ sites: [site(1, 1, '(anonymous)')] })])).toMatchObject({
      ...{ ownLine: false, ownFunction: false, siteRight: false },
    });
  });

  it('takes a line of another file for no line of the program', () => {
    const line = lineOf('new Session');
    expect(score([suspect({ sites: [site(line, 3, 'f', '/app/other.cjs')] })]).ownLine).toBe(false);
  });

  it('counts a general type as accepted, but not as the specific one', () => {
    expect(score([suspect({ type: 'Map' })])).toMatchObject({ typeRight: true, specificTypeRight: false });
    expect(score([suspect()])).toMatchObject({ typeRight: true, specificTypeRight: true });
  });

  it('counts a general type where the leak is made of nothing else', () => {
    const numbers = labelled('array-of-points');
    expect(score([suspect({ type: 'Array' })], numbers).specificTypeRight).toBe(true);
    expect(score([suspect({ type: 'Session' })], numbers).specificTypeRight).toBe(false);
  });

  it('asks of a path that it goes through the holder', () => {
    expect(score([suspect({ path: ['(root)', 'Context', 'sessions', 'Map'] })]).pathRight).toBe(true);
    expect(score([suspect({ path: ['(root)', 'Context', 'sessionsOfToday', 'Map'] })]).pathRight).toBe(false);
    expect(score([suspect()])).toMatchObject({ pathGiven: false, pathRight: false });
  });

  it('reads the first two suspects only', () => {
    const wrong = suspect({ type: 'Buffer', confidence: 'low' });
    expect(score([wrong, wrong, suspect()])).toMatchObject({
      reported: false,
      typeRight: false,
      right: false,
    });
  });

  it('calls low no report, and no result never right', () => {
    const healthy = labelled('sessions-with-expiry');
    expect(score([suspect({ confidence: 'low' })], healthy)).toMatchObject({ reported: false, right: true });
    expect(score([suspect()], healthy)).toMatchObject({ reported: true, right: false });
    expect(scoreCheck(healthy, { exitCode: 3, document: null }).right).toBe(false);
  });
});
