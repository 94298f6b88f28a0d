import { describe, expect, it } from 'vitest';
import { buildSnapshot } from '../../src/testing/build-snapshot.js';
import { SnapshotBuilder } from '../../src/testing/snapshot-builder.js';

const small = (heap: SnapshotBuilder) => {
  const foo = heap.object('Foo', { sizeBytes: 48, location: { scriptId: 7, line: 3, column: 11 } });
  heap.edge(heap.gcRoots, 'element', 1, foo);
  heap.edge(foo, 'property', 'näme', heap.string('a\n"b"', { sizeBytes: 24 }));
  heap.edge(foo, 'weak', 'self', foo);
};

describe('buildSnapshot', () => {
  it('writes what V8 writes: fields, separators and flat indexes, by version', () => {
    const node24 = buildSnapshot(small);
    expect(node24).toContain('"nodes":[9,1,1,0,1,0,9,2,3,0,1,0,3,3,5,48,2,0,2,4,7,24,0,0],\n"edges":');
    expect(node24).toContain('"edges":[1,1,6,1,1,12,2,5,18,6,6,12],\n');
    expect(node24).toContain('"locations":[12,7,3,11],\n');
    const node20 = buildSnapshot(small, { format: 'node20' });
    expect(node20).toContain(
      '"nodes":[9,1,1,0,1,0,0\n,9,2,3,0,1,0,0\n,3,3,5,48,2,0,0\n,2,4,7,24,0,0,0\n],\n"edges":',
    );
    expect(node20).toContain('"edges":[1,1,7\n,1,1,14\n,2,5,21\n,6,6,14\n],\n');
  });

  it('keeps the text pure ASCII, and JSON.parse gives the names back', () => {
    const text = buildSnapshot(small);
    expect(text).toMatch(/^[\x20-\x7e\n]*$/);
    expect(JSON.parse(text).strings).toEqual(['<dummy>', '', '(GC roots)', 'Foo', 'a\n"b"', 'näme', 'self']);
  });

  it('numbers the nodes as V8 does, odd and growing, and takes ids that are given', () => {
    const heap = new SnapshotBuilder();
    const ids = [undefined, 100, undefined, 7, undefined].map(
      (id) => heap.object('Foo', id === undefined ? {} : { id }).id,
    );
    expect(ids).toEqual([5, 100, 101, 7, 103]);
  });

  it('refuses an edge from a foreign node and a type that the format does not know', () => {
    const invalid = expect.objectContaining({ code: 'ERR_MEMX_INVALID_OPTION' });
    const foreign = new SnapshotBuilder().object('Foo');
    expect(() => buildSnapshot((heap) => heap.edge(foreign, 'property', 'x', heap.root))).toThrow(invalid);
    expect(() => buildSnapshot((heap) => heap.edge(heap.root, 'property', 'x', foreign))).toThrow(invalid);
    expect(() => buildSnapshot((heap) => void heap.node('gizmo', 'x'))).toThrow(invalid);
  });
});
