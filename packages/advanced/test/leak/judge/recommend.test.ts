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

  it('pairs a package only with a function that calls it', () => {
    const at = (
      functionName: string,
      name: string | null,
      part: { allocates?: boolean; calls?: boolean },
    ) => ({
      filename: name ? `/app/node_modules/${name}/index.js` : '/app/server.js',
      line: 3,
      column: 1,
      functionName,
      package: name,
      origin: name ? ('dependency' as const) : ('own' as const),
      allocates: false,
      calls: false,
      sizeBytes: 1_000,
      ...part,
    });
    const [constructs, subscribes] = [
      at('Connection', null, { allocates: true }),
      at('subscribe', 'redux', { allocates: true }),
    ];
    const opens = at('open', null, { calls: true });
    expect(recommend(null, [constructs, opens, subscribes])).toMatch(
      /^What Connection \(.*\) allocates is kept/,
    );
    expect(recommend(null, [subscribes, constructs, opens])).toMatch(
      /^Called from open .* redux .* subscribe/,
    );
    expect(recommend(null, [subscribes, constructs])).toMatch(/^What subscribe \(.*\) allocates is kept/);
  });
});
