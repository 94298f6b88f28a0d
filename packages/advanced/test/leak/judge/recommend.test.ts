import { describe, expect, it } from 'vitest';
import { recommend } from '../../../src/leak/judge/recommend.js';

const STORE = 'the store of an AsyncLocalStorage, kept by what was started in it: RequestContext';
const TIMERS = 'variable timerListMap in node:timers: Object';

describe('recommend', () => {
  it('speaks of the store where what is kept lies in one, and not of the timer that has it', () => {
    const path = ['(root)', TIMERS, 'Timeout', STORE, '.parent: RequestContext (7 times)'];
    expect(recommend(null, [], { holder: TIMERS, path })).toMatch(/let no store lead to the one before it/);
  });

  it('speaks of what gathers where a store is only on the way', () => {
    const path = ['(root)', 'Timeout', STORE, '.app: App', '.sessions: Map', 'Object', '.user: User'];
    const advice = recommend(null, [], { holder: '.sessions: Map', path });
    expect(advice).toMatch(/^It is kept by \.sessions: Map\. It only grows/);
  });

  it('tells to close what is open', () => {
    const holder = 'open handles (TCPSocketWrap)';
    expect(recommend(null, [], { holder, path: ['(root)', 'TCP'] })).toMatch(/close each one/);
  });
});
