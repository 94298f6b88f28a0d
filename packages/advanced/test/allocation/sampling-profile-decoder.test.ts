import { describe, expect, it } from 'vitest';
import { allocatorOf, nodeCalleeOf, ownCallerOf } from '../../src/allocation/allocation-site.js';
import { SamplingProfileDecoder } from '../../src/allocation/sampling-profile-decoder.js';
import type { RawProfileNode } from '../../src/inspector/heap-protocol.js';

function node(
  id: number,
  functionName: string,
  url: string,
  children: RawProfileNode[] = [],
): RawProfileNode {
  const callFrame = { functionName, scriptId: String(id), url, lineNumber: id, columnNumber: 0 };
  return { id, callFrame, selfSize: 0, children };
}

const head = node(1, '(root)', '', [
  node(2, 'handler', '/app/server.js', [
    node(3, 'createDebug', '/app/node_modules/debug/src/common.js', [
      node(4, 'emit', 'node:events', [node(5, 'push', '')]),
    ]),
  ]),
  node(6, 'processTimers', 'node:internal/timers'),
]);

const decode = (samples: { size: number; nodeId: number; ordinal: number }[]) =>
  new SamplingProfileDecoder().decode({ head, samples });

describe('SamplingProfileDecoder', () => {
  it('gives every sample its stack, innermost first, without the root', () => {
    const [sample] = decode([{ size: 16_411, nodeId: 5, ordinal: 3 }]);
    expect(sample?.stack.map(({ functionName }) => functionName)).toEqual([
      'push',
      'emit',
      'createDebug',
      'handler',
    ]);
    expect(sample).toMatchObject({ sizeBytes: 16_411, ordinal: 3 });
  });

  it('keeps one frame object per function over several readings', () => {
    const decoder = new SamplingProfileDecoder();
    const read = () => decoder.decode({ head, samples: [{ size: 1, nodeId: 3, ordinal: 1 }] })[0]?.stack[0];
    expect(read()).toBe(read());
  });

  it('remembers the file of a node whose script was collected', () => {
    const decoder = new SamplingProfileDecoder();
    const samples = [{ size: 1, nodeId: 2, ordinal: 1 }];
    decoder.decode({ head, samples });
    const forgotten = { ...node(2, 'handler', ''), children: [] };
    const [sample] = decoder.decode({ head: { ...head, children: [forgotten] }, samples });
    expect(sample?.stack[0]).toMatchObject({ functionName: 'handler', filename: '/app/server.js' });
  });

  it("shares a node's size among its samples, which V8 rounds each on its own", () => {
    const raw = { ...node(2, 'handler', '/app/server.js'), selfSize: 26_129 };
    const samples = [1, 2, 3].map((ordinal) => ({ size: 9_001, nodeId: 2, ordinal }));
    const decoded = new SamplingProfileDecoder().decode({ head: node(1, '(root)', '', [raw]), samples });
    expect(decoded.map(({ sizeBytes }) => sizeBytes)).toEqual(Array(3).fill(26_129 / 3));
  });

  it('has an empty stack for a sample without frames', () => {
    expect(decode([{ size: 7, nodeId: 1, ordinal: 1 }])[0]?.stack).toEqual([]);
  });
});

describe('the functions of a stack', () => {
  const [deep, timer, bare] = decode([
    { size: 1, nodeId: 5, ordinal: 1 },
    { size: 1, nodeId: 6, ordinal: 2 },
    { size: 1, nodeId: 1, ordinal: 3 },
  ]).map(({ stack }) => stack);

  it('has the innermost written function as the allocator', () => {
    expect(allocatorOf(deep ?? [])?.functionName).toBe('createDebug');
  });

  it('has a function of Node as the allocator where nothing else is on the stack', () => {
    expect(allocatorOf(timer ?? [])?.functionName).toBe('processTimers');
    expect(allocatorOf(bare ?? [])).toBeNull();
  });

  it("has the program's own function nearest to the allocation as the caller", () => {
    expect(ownCallerOf(deep ?? [])?.functionName).toBe('handler');
    expect(ownCallerOf(timer ?? [])).toBeNull();
  });

  it('has the function of Node that allocated on behalf of its caller', () => {
    expect(nodeCalleeOf(deep ?? [])?.functionName).toBe('emit');
  });
});
