import { describe, expect, it } from 'vitest';
import { judgeThread } from '../../../src/leak/judge/judge-leaks.js';
import { mergeReports } from '../../../src/leak/judge/merge-reports.js';
import type { OpenedBy } from '../../../src/resources/opened-resource.js';
import { evidence, frame, typeReadings } from '../build-evidence.js';

const opener = frame('openLog', '/app/logs.js', 13);
const openings: readonly OpenedBy[] = [
  { kind: 'file descriptor', frames: [frame('openSync', 'node:fs'), opener], count: 53 },
];
const files = (count: (round: number) => number) => (round: number) => ({ 'open files': count(round) });

const suspectsOf = (options: Parameters<typeof evidence>[0]) => judgeThread(evidence(options)).suspects;

describe('resources that rise', () => {
  it('are a suspect of their own where no object tells of them, with who opens them', () => {
    const [suspect, ...others] = suspectsOf({ resources: files((round) => 20 + 3 * round), openings });
    expect(suspect).toMatchObject({
      memory: 'resource',
      confidence: 'high',
      type: 'file descriptor',
      growthInstancesPerSecond: 3,
      sites: [expect.objectContaining({ functionName: 'openLog', line: 13 })],
    });
    expect(suspect?.evidence[0]).toMatch(/^42 more open files/);
    expect(others).toEqual([]);
  });

  it('are half believed when nobody was seen opening them', () => {
    const [suspect] = suspectsOf({ resources: files((round) => 20 + 3 * round) });
    expect(suspect).toMatchObject({ confidence: 'medium', sites: [] });
  });

  it('are told with the suspect whose objects they are', () => {
    const types = typeReadings('FileHandle', [500, 1_000, 1_500], 500);
    const suspects = suspectsOf({ types, resources: files((round) => 20 + 3 * round), openings });
    expect(suspects.map(({ memory }) => memory)).toEqual(['heap']);
    expect(suspects[0]?.evidence).toContainEqual(expect.stringMatching(/^42 more open files/));
    expect(suspects[0]?.sites).toContainEqual(expect.objectContaining({ functionName: 'openLog' }));
  });

  it('are none when a pool is filled, when they come and go, and when there are few more', () => {
    expect(suspectsOf({ resources: files((round) => Math.min(60, 20 + 9 * round)), openings })).toEqual([]);
    expect(suspectsOf({ resources: files((round) => 20 + (round % 5) * 9), openings })).toEqual([]);
    expect(suspectsOf({ resources: files((round) => 20 + round / 2), openings })).toEqual([]);
  });

  it('of which a busy service has more for good reason need somebody who opens them', () => {
    const rising = (round: number) => ({ TCPSocketWrap: 5 * round, Timeout: 50 * round });
    expect(suspectsOf({ resources: rising })).toEqual([]);
    const connecting: OpenedBy = {
      kind: 'Socket',
      frames: [frame('connect', 'node:net'), opener],
      count: 80,
    };
    const [suspect] = suspectsOf({ resources: rising, openings: [connecting] });
    expect(suspect).toMatchObject({ memory: 'resource', type: 'Socket', confidence: 'high' });
  });
});

describe('a type whose objects are resources', () => {
  it('is as sure as the resources are by themselves', () => {
    const resources = files((round) => 20 + 3 * round);
    const types = typeReadings('FileHandle', [100, 300, 500], 200);
    const [suspect] = suspectsOf({ types, resources, openings });
    expect(suspectsOf({ types })).toMatchObject([{ memory: 'heap', confidence: 'medium' }]);
    expect(suspect).toMatchObject({ memory: 'heap', type: 'FileHandle', confidence: 'high' });
  });
});

describe('files that a worker opens', () => {
  it('are not told of the main thread once more', () => {
    const main = evidence({ resources: files((round) => 20 + 3 * round) });
    const rising = (round: number) => ({ 'file descriptor': 3 * round });
    const worker = { ...evidence({ resources: rising, openings }), thread: 7 };
    const { suspects } = mergeReports([judgeThread(main), judgeThread(worker)]);
    expect(suspects.map(({ thread, type }) => [thread, type])).toEqual([[7, 'file descriptor']]);
  });
});

describe('resident memory that nothing explains', () => {
  it('is told apart from memory of WebAssembly, which Node may count as external or not', () => {
    const wasm = (round: number) => 2 * round;
    const rssMiB = (round: number) => 80 + wasm(round);
    const beside = evidence({ rssMiB, wasmMiB: wasm });
    expect(judgeThread({ ...beside, thread: 0 }).suspects.map(({ memory }) => memory)).toEqual(['external']);
    const freed = (round: number) => Math.max(0, 40 - 2 * round);
    const falling = (round: number) => 80 + freed(round);
    expect(suspectsOf({ rssMiB: falling, wasmMiB: freed, externalMiB: freed })).toEqual([]);
    expect(suspectsOf({ rssMiB: falling, wasmMiB: freed })).toEqual([]);
  });

  it('is a weak suspicion that says what is not known', () => {
    const [suspect] = suspectsOf({ rssMiB: (round) => 80 + 2 * round });
    expect(suspect).toMatchObject({ memory: 'native', confidence: 'low', sites: [] });
    expect(suspect?.evidence.join(' ')).toMatch(/is not, for native code does not tell/);
  });

  it('is none when external memory explains it, when it is noise, and in a short watch', () => {
    const rssMiB = (round: number) => 80 + 2 * round;
    const memories = suspectsOf({ rssMiB, externalMiB: (round) => 2 + 2 * round }).map(
      ({ memory }) => memory,
    );
    expect(memories).toEqual(['external']);
    expect(suspectsOf({ rssMiB: (round) => 80 + 30 * Math.abs(Math.sin(round)) })).toEqual([]);
    expect(suspectsOf({ rssMiB: (round) => 80 + Math.min(40, 8 * round) })).toEqual([]);
    expect(suspectsOf({ rssMiB: (round) => 80 + 4 * round, rounds: 12 })).toEqual([]);
  });

  it('is none when V8 has more room for the heap, which it gives back when it likes', () => {
    const roomMiB = (round: number) => 4 + 2 * round;
    expect(suspectsOf({ rssMiB: (round) => 80 + roomMiB(round), heapFreeMiB: roomMiB })).toEqual([]);
    const [suspect] = suspectsOf({ rssMiB: (round) => 80 + 3 * roomMiB(round), heapFreeMiB: roomMiB });
    expect(suspect).toMatchObject({ memory: 'native' });
  });

  it("is none when it rose by memx's own snapshots, and else in each of the rounds between them", () => {
    const types = typeReadings('Row', [500, 500, 500], 0); // at 5, 10 and 15 s
    const steps = (round: number) => 46 * [5, 10, 15].filter((seconds) => round + 1 > seconds).length;
    expect(suspectsOf({ types, rssMiB: (round) => 80 + steps(round) + round / 4 })).toEqual([]);
    const [suspect] = suspectsOf({ types, rssMiB: (round) => 80 + steps(round) + 3 * round });
    expect(suspect).toMatchObject({ memory: 'native' });
  });
});
