import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ThreadEvidence } from '../../../src/leak/evidence.js';
import { judgeThread } from '../../../src/leak/judge/judge-leaks.js';
import { evidence, flatHeap, frame, leaking, site, sliding, typeReadings } from '../build-evidence.js';

const handler = frame('handler', '/app/server.js', 12);
const setSession = frame('set', '/app/node_modules/sessions/store.js', 119);
const leakingSite = site(setSession, { survivors: leaking(), caller: handler });
const growingType = typeReadings('Session', [100, 2_100, 4_100], 2_000);
const steadyType = typeReadings('Session', [2_000, 2_000, 2_000], 0);

const RANK = { none: 0, low: 1, medium: 2, high: 3 };
const rankOf = (from: ThreadEvidence) => RANK[judgeThread(from).suspects[0]?.confidence ?? 'none'];

describe('judgeThread', () => {
  it('is sure where both witnesses agree, and names type, package function and own function', () => {
    const { outcome, suspects } = judgeThread(evidence({ sites: [leakingSite], types: growingType }));
    expect(outcome).toBe('leak');
    expect(suspects).toHaveLength(1);
    expect(suspects[0]).toMatchObject({ confidence: 'high', type: 'Session', path: null });
    expect(suspects[0]?.sites.map(({ functionName }) => functionName)).toEqual(['set', 'handler']);
    expect(suspects[0]?.recommendation).toMatch(
      /handler \(server\.js:12\).*sessions.*set \(sessions\/store\.js:119\)/,
    );
  });

  it('is medium where only types were heard', () => {
    expect(judgeThread(evidence({ types: growingType }))).toMatchObject({
      outcome: 'leak',
      suspects: [{ confidence: 'medium', type: 'Session', sites: [] }],
    });
  });

  it('is medium where a site leaks of which only readings far apart show the type', () => {
    const rowsOf = (count: number, keptCount = 0) => {
      const row = { kind: 'object' as const, type: 'Session', settledCount: 0, settledBytes: 0 };
      return [{ ...row, count, sizeBytes: count * 64, keptCount, keptBytes: keptCount * 64 }];
    };
    const slow = {
      landmarks: [6, 10].map((second) => ({ timeMs: second * 1000, rows: rowsOf(2_000 + second * 30) })),
      types: [
        { timeMs: 14_000, rows: rowsOf(2_500) }, // in the midst of a wave of others
        { timeMs: 15_000, rows: rowsOf(2_700) },
        { timeMs: 16_000, rows: rowsOf(2_480, 2_450) },
      ],
    };
    expect(judgeThread(evidence({ sites: [leakingSite], ...slow }))).toMatchObject({
      outcome: 'leak',
      suspects: [{ confidence: 'medium', type: 'Session' }],
    });
    expect(judgeThread(evidence({ sites: [leakingSite], types: slow.types })).outcome).toBe('undecided');
    expect(judgeThread(evidence(slow)).suspects).toEqual([]);
  });

  it('is not sure of types alone of which most let go: ids of dead objects go to new ones', () => {
    const lets = evidence({ types: typeReadings('Session', [100, 2_100, 4_100], 700) });
    expect(judgeThread(lets)).toMatchObject({ outcome: 'undecided', suspects: [{ confidence: 'low' }] });
    expect(rankOf({ ...lets, sites: [leakingSite] })).toBe(RANK.high);
  });

  it('is medium where types could not be counted and a site is sure', () => {
    expect(judgeThread(evidence({ sites: [leakingSite] }))).toMatchObject({
      outcome: 'leak',
      suspects: [{ confidence: 'medium', growthInstancesPerSecond: null }],
    });
  });

  it('is not sure of a site alone when the heap has stopped growing: a program that loads its parts lazily', () => {
    const flat = evidence({ sites: [leakingSite] });
    const rounds = flat.rounds.map((round, index) => ({
      ...round,
      heapUsedBytes: Math.min(index, 9) * 500_009,
    }));
    expect(judgeThread({ ...flat, rounds })).toMatchObject({
      outcome: 'undecided',
      suspects: [{ confidence: 'low' }],
    });
  });

  it('hears functions together that one function of the program calls, when each alone has too little to say', () => {
    const few = (rounds: readonly number[]) =>
      Array.from({ length: 20 }, (_, round) => (rounds.includes(round) ? 2 : 0));
    const parse = site(frame('parse', '/app/node_modules/sql/index.js'), {
      survivors: few([2, 3, 12]),
      caller: handler,
    });
    const bind = site(frame('bind', '/app/node_modules/sql/index.js', 9), {
      survivors: few([7, 8, 15, 16]),
      caller: handler,
    });
    expect(rankOf(evidence({ sites: [parse] }))).toBe(RANK.none);
    expect(rankOf(evidence({ sites: [parse, bind], types: growingType }))).toBe(RANK.high);
  });

  it('calls no heap clean that rises in steps ever larger, whatever its types: a list that is copied when it is full', () => {
    const counted = evidence({ types: steadyType });
    const stepped = (top: number) =>
      counted.rounds.map((round, index) => ({
        ...round,
        heapUsedBytes: 5_000_011 + [4, 7, 11, 17].filter((at) => at <= Math.min(top, index)).length * 300_007,
      }));
    expect(judgeThread({ ...counted, rounds: stepped(20) })).toMatchObject({
      outcome: 'undecided',
      notes: [expect.stringMatching(/The heap rose/)],
    });
    expect(judgeThread({ ...counted, rounds: stepped(7) }).outcome).toBe('clean');
  });

  it('names who calls most of what leaks, also where another function allocates most', () => {
    const connect = frame('connect', '/app/client.js', 26);
    const internals = ['a', 'b', 'c', 'd', 'e'].map((name, index) =>
      site(frame(name, '/app/node_modules/rpc/index.js', index), { survivors: leaking() }),
    );
    const called = site(frame('socket', '/app/node_modules/rpc/socket.js'), {
      survivors: leaking(),
      caller: connect,
      bytesPerSample: 8_191,
    });
    const [suspect] = judgeThread(evidence({ sites: [...internals, called], types: growingType })).suspects;
    expect(suspect?.sites.map(({ functionName }) => functionName)).toEqual(['a', 'b', 'c', 'd', 'connect']);
  });

  it('calls no heap clean whose floor rises while its types could not be counted', () => {
    const rising = evidence({});
    expect(judgeThread(rising).outcome).toBe('undecided');
    const flat = rising.rounds.map((round) => ({ ...round, heapUsedBytes: 5_000_011 }));
    expect(judgeThread({ ...rising, rounds: flat }).outcome).toBe('clean');
  });

  it('calls kept what is as old as the watch, where a cache of the same type lets go of as much as is kept', () => {
    const survivors = leaking();
    const kept = site(frame('keepAudit', '/app/audit.js'), { survivors });
    const alive = survivors.map((_, round) => survivors.slice(0, round + 1).reduce((sum, n) => sum + n, 0));
    const liveBytes = alive.map((count) => count * 16_384);
    const audit = { ...kept, liveBytes, liveByteMs: liveBytes.map((bytes, round) => bytes * round * 500) };
    const types = typeReadings('Entry', [1_000, 2_000, 3_000], 1_000).map(({ rows, ...reading }) => ({
      ...reading,
      rows: rows.map((row) => ({ ...row, keptCount: 900, keptBytes: 900 * 64 })),
    }));
    const heapUsedBytes = (round: number) => 5 * 2 ** 20 + round * 20_003;
    const [suspect] = judgeThread(evidence({ sites: [audit], types, heapUsedBytes })).suspects;
    expect(suspect).toMatchObject({ pattern: 'kept', confidence: 'medium', type: 'Entry' });
    expect(suspect?.evidence.join(' ')).not.toMatch(/later and later/);
  });

  it('is low where a site leaks and the types, which were counted, do not grow', () => {
    expect(judgeThread(evidence({ sites: [leakingSite], types: steadyType }))).toMatchObject({
      outcome: 'undecided',
      suspects: [{ confidence: 'low' }],
    });
  });

  it('does not take survivors below functions of Node alone for a witness', () => {
    const timers = site(frame('processTimers', 'node:internal/timers'), { survivors: leaking() });
    expect(judgeThread(evidence({ sites: [timers], types: steadyType, ...flatHeap })).outcome).toBe('clean');
  });

  it('finds a window clean', () => {
    const window = site(handler, { survivors: sliding() });
    expect(judgeThread(evidence({ sites: [window], types: steadyType, ...flatHeap }))).toMatchObject({
      outcome: 'clean',
      suspects: [],
      waitMs: null,
    });
  });

  it('finds external memory that rises, without a type', () => {
    const rising = evidence({ types: steadyType, externalMiB: (round) => 2 + round });
    expect(judgeThread(rising).suspects).toMatchObject([
      { confidence: 'high', type: 'ArrayBuffer (external)', growthInstancesPerSecond: null },
    ]);
  });

  it('is undecided, and says how long to wait, after a few rounds', () => {
    const report = judgeThread(evidence({ sites: [site(handler, { survivors: leaking(5) })], rounds: 5 }));
    expect(report).toMatchObject({ outcome: 'undecided', suspects: [] });
    expect(report.waitMs).toBeGreaterThan(0);
  });

  it('hears types, but not sites, after a few rounds, and calls nothing clean', () => {
    const few = { rounds: 7, sites: [leakingSite] };
    expect(judgeThread(evidence({ ...few, types: growingType }))).toMatchObject({
      outcome: 'leak',
      suspects: [{ confidence: 'medium', type: 'Session' }],
    });
    expect(judgeThread(evidence({ ...few, types: steadyType }))).toMatchObject({
      outcome: 'undecided',
      suspects: [],
    });
  });

  it('names the same one of two types that grow alike, in whatever order V8 tells of them', () => {
    const twice = growingType.map(({ timeMs, rows }) => ({
      timeMs,
      rows: rows.flatMap((row) => [row, { ...row, type: 'Account' }]),
    }));
    const turned = twice.map(({ timeMs, rows }) => ({ timeMs, rows: rows.toReversed() }));
    const suspectsOf = (types: typeof twice) => judgeThread(evidence({ types })).suspects;
    expect(suspectsOf(turned)).toEqual(suspectsOf(twice));
  });

  it('does not call a program clean that had nothing to do', () => {
    const report = judgeThread({ ...evidence({ types: steadyType }), sampledAllocations: 44 });
    expect(report.outcome).toBe('undecided');
    expect(report.notes).toContainEqual(expect.stringMatching(/did next to nothing/));
  });

  it('gives a leak the same fingerprint in another folder and run', () => {
    const moved = site(frame('set', '/srv/other/node_modules/sessions/store.js', 140), {
      survivors: leaking(),
    });
    const fingerprints = [leakingSite, moved].map(
      (where) => judgeThread(evidence({ sites: [where], types: growingType })).suspects[0]?.fingerprint,
    );
    expect(fingerprints[0]).toBe(fingerprints[1]);
  });
});

describe('the verdict', () => {
  const survivors = fc.array(fc.nat(6), { minLength: 20, maxLength: 20 });
  const counts = fc.tuple(fc.nat(5_000), fc.nat(5_000), fc.nat(5_000));
  const sitesOf = (histories: readonly number[][]) =>
    histories.map((births, index) => site(frame(`f${index}`, `/app/f${index}.js`), { survivors: births }));

  it('does not depend on the order of the sites', () => {
    fc.assert(
      fc.property(
        fc.array(survivors, { minLength: 2, maxLength: 6 }),
        counts,
        fc.nat(2_000),
        (histories, sizes, settled) => {
          const types = typeReadings('Thing', sizes, settled);
          const sites = sitesOf(histories);
          const reversed = judgeThread(evidence({ sites: [...sites].reverse(), types }));
          const straight = judgeThread(evidence({ sites, types }));
          expect(reversed.outcome).toBe(straight.outcome);
          expect(reversed.suspects.map(({ confidence }) => confidence)).toEqual(
            straight.suspects.map(({ confidence }) => confidence),
          );
        },
      ),
    );
  });

  it('does not change when a constant number of objects is added to every reading', () => {
    fc.assert(
      fc.property(counts, fc.nat(2_000), fc.nat(100_000), (sizes, settled, constant) => {
        const [first, second, third] = sizes;
        const more = [first + constant, second + constant, third + constant] as const;
        const before = judgeThread(evidence({ types: typeReadings('Thing', sizes, settled) }));
        const after = judgeThread(evidence({ types: typeReadings('Thing', more, settled) }));
        expect(after.outcome).toBe(before.outcome);
      }),
    );
  });

  it('is never lowered by more survivors everywhere', () => {
    fc.assert(
      fc.property(survivors, fc.integer({ min: 2, max: 6 }), (births, factor) => {
        const fewer = evidence({ sites: sitesOf([births]), types: growingType });
        const more = evidence({
          sites: sitesOf([births.map((count) => count * factor)]),
          types: growingType,
        });
        expect(rankOf(more)).toBeGreaterThanOrEqual(rankOf(fewer));
      }),
    );
  });
});
