import { describe, expect, it } from 'vitest';
import { headlineType } from '../../../src/leak/judge/headline-type.js';
import type { NodeKind } from '../../../src/snapshot/node-naming.js';

const row = (kind: NodeKind, type: string, growthBytesPerSecond: number) => ({
  kind,
  type,
  growthBytesPerSecond,
  growthInstancesPerSecond: 1,
  settledInstances: 1,
  settledFromMs: 5_000,
  settledBeforeMs: 10_000,
  confidence: 'medium' as const,
});

describe('headlineType', () => {
  it('prefers a class that somebody named to what everything is made of', () => {
    const types = [
      row('string', '(string)', 900),
      row('object', 'Object', 800),
      row('object', 'Session', 90),
    ];
    expect(headlineType(types)?.type).toBe('Session');
  });

  it('prefers a named function to a plain object', () => {
    const types = [row('object', 'Object', 800), row('closure', '(closure) debug', 300)];
    expect(headlineType(types)?.type).toBe('(closure) debug');
  });

  it('passes over a class that hardly grows', () => {
    const types = [row('string', '(string)', 90_000), row('object', 'Session', 90)];
    expect(headlineType(types)?.type).toBe('(string)');
  });

  it('is null when nothing grows', () => {
    expect(headlineType([])).toBeNull();
  });
});
