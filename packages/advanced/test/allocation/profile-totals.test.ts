import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProfileBuilder } from '../../src/allocation/profile-builder.js';
import { rankFunctions, rankPackages, totalOf, totalsByOrigin } from '../../src/allocation/profile-totals.js';
import { refineProfile } from '../../src/allocation/refine-profile.js';
import { frameAt } from '../../src/allocation/stack-frame.js';
import { arbitraryProfile, META } from './arbitrary-profile.js';

const frame = (functionName: string, filename: string, line = 3) =>
  frameAt({ functionName, filename, line, column: 7 });
const handler = frame('handler', '/app/server.js');
const createDebug = frame('createDebug', '/app/node_modules/debug/src/common.js');
const emit = frame('emit', 'node:events');
const bytes = (sizeBytes: number) => ({ sizeBytes, count: null, samples: 1, standardErrorBytes: sizeBytes });

const profile = new ProfileBuilder(META)
  .add({ threadId: 0, memory: 'heap' }, [frame('push', '', 0), handler], bytes(101))
  .add({ threadId: 0, memory: 'heap' }, [emit, handler], bytes(103))
  .add({ threadId: 0, memory: 'heap' }, [createDebug, handler], bytes(503))
  .add({ threadId: 1, memory: 'heap' }, [emit], bytes(11))
  .add({ threadId: 1, memory: 'heap' }, [], bytes(7))
  .build();

describe('the totals of a profile', () => {
  it('charge builtins and Node to the function that called them', () => {
    expect(rankFunctions(profile).map((row) => [row.frame.functionName, row.sizeBytes])).toEqual([
      ['createDebug', 503],
      ['handler', 204],
      ['emit', 11],
    ]);
  });

  it('name the builtins beside the function that called them, dearest first', () => {
    expect(rankFunctions(profile).map((row) => row.builtins)).toEqual([[], ['emit', 'push'], []]);
  });

  it('tell packages, own code, Node and V8 apart', () => {
    expect(rankPackages(profile).map((row) => [row.packageName, row.origin, row.sizeBytes])).toEqual([
      ['debug', 'dependency', 503],
      [null, 'own', 204],
      [null, 'node', 11],
      [null, 'engine', 7],
    ]);
    expect(totalsByOrigin(profile)).toEqual({ own: 204, dependency: 503, node: 11, engine: 7 });
  });

  it('tell threads apart', () => {
    expect(totalOf(profile, 1).sizeBytes).toBe(18);
  });

  it('lose nothing: origins and packages add up to the whole', () => {
    fc.assert(
      fc.property(arbitraryProfile(), (any) => {
        const sum = (list: readonly number[]) => list.reduce((total, next) => total + next, 0);
        expect(sum(Object.values(totalsByOrigin(any)))).toBe(totalOf(any).sizeBytes);
        expect(sum(rankPackages(any).map(({ sizeBytes }) => sizeBytes))).toBe(totalOf(any).sizeBytes);
      }),
    );
  });
});

describe('refineProfile', () => {
  it('moves bytes to other places, and joins stacks that become equal', () => {
    const refined = refineProfile(profile, (stack) => stack.filter(({ origin }) => origin === 'own'));
    expect(refined.precision).toBe('line');
    expect(refined.stacks.map(({ sizeBytes }) => sizeBytes)).toEqual([707, 18]);
    expect(refined.frames).toEqual([handler]);
  });

  it('leaves out the bytes of stacks that do not count', () => {
    const refined = refineProfile(profile, (stack) => (stack[0] === createDebug ? null : stack));
    expect(totalOf(refined).sizeBytes).toBe(totalOf(profile).sizeBytes - 503);
    expect(refined).toMatchObject({ precision: 'line', threads: [{ id: 0 }, { id: 1 }] });
  });
});
