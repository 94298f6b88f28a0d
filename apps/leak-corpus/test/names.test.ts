import { describe, expect, it } from 'vitest';
import { namesAny } from '../src/scores/names.mjs';

describe('namesAny', () => {
  it('finds a name as a whole word, with its class or without', () => {
    expect(namesAny('MemoryStore.set', ['set'])).toBe(true);
    expect(namesAny('new Session', ['Session'])).toBe(true);
    expect(namesAny('SessionStore.reset', ['Session', 'set'])).toBe(false);
  });

  it('finds names that are no words', () => {
    expect(namesAny('(object elements)[]', ['(object elements)'])).toBe(true);
    expect(namesAny('system / Context', ['system / Context'])).toBe(true);
  });
});
