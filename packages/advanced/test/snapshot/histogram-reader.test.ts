import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HistogramReader } from '../../src/snapshot/histogram-reader.js';
import { buildSnapshot } from '../../src/testing/build-snapshot.js';
import type { SnapshotFormatName } from '../../src/testing/snapshot-format.js';
import { inNameOrder, slowHistogram } from './slow-histogram.js';

const formats: readonly SnapshotFormatName[] = ['node20', 'node22', 'node24', 'node26'];
const nodeTypes = ['object', 'closure', 'string', 'array', 'hidden', 'native', 'code', 'number', 'synthetic'];

const name = fc.oneof(
  fc.constantFrom(
    'Foo',
    'Bar',
    'system / Context',
    'system / Map (X)',
    '',
    'a"b\\c',
    ']}',
    'naïve 😀',
    '\\u',
  ),
  fc.string({ unit: 'binary' }),
);

const heap = fc.array(
  fc.record({
    type: fc.constantFrom(...nodeTypes),
    name,
    id: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constantFrom(4_294_967_295, 4_000_000_000)),
    sizeBytes: fc.oneof(
      fc.integer({ min: 0, max: 999 }),
      fc.constantFrom(123_456_789, 9_999_999_999, 2 ** 40),
    ),
  }),
  { maxLength: 40 },
);

const snapshotText = fc
  .record({
    nodes: heap,
    format: fc.constantFrom(...formats),
    indent: fc.constantFrom(undefined, 0, 2, '\t\r\n'),
  })
  .map(({ nodes, format, indent }) => {
    const text = buildSnapshot(
      (builder) => {
        for (const { type, name: label, ...options } of nodes) {
          const node = builder.node(type, label, options);
          builder.edge(builder.root, 'property', label, node);
        }
      },
      { format },
    );
    return indent === undefined ? text : JSON.stringify(JSON.parse(text), null, indent);
  });

/** Cuts the bytes into pieces of the sizes given, over and over. */
function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] as number;
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
}

function read(pieces: readonly (string | Uint8Array)[], cohortBoundaries: readonly number[] = []) {
  const reader = new HistogramReader({ cohortBoundaries });
  for (const piece of pieces) reader.write(piece);
  return reader.end();
}

const formatError = expect.objectContaining({ code: 'ERR_MEMX_SNAPSHOT_FORMAT' });

describe('HistogramReader', () => {
  it('says what JSON.parse says, whatever the pieces, the format and the white space', () => {
    const sizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 51, max: 9999 })), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(snapshotText, sizes, fc.uniqueArray(fc.nat(300)), (text, pieceSizes, ids) => {
        const boundaries = ids.sort((a, b) => a - b);
        const histogram = read(cut(Buffer.from(text), pieceSizes), boundaries);
        expect(inNameOrder(histogram)).toEqual(inNameOrder(slowHistogram(text, boundaries)));
      }),
      { numRuns: 300 },
    );
  });

  it('reads strings as it reads bytes', () => {
    fc.assert(
      fc.property(snapshotText, (text) => {
        expect(read([text])).toEqual(read([Buffer.from(text)]));
      }),
    );
  });

  it('forgets the bytes of a piece when write returns', () => {
    const text = buildSnapshot((heap) => void heap.object('Remembered', { sizeBytes: 7 }));
    const reader = new HistogramReader();
    const memory = Buffer.alloc(5);
    for (const piece of cut(Buffer.from(text), [memory.length])) {
      piece.copy(memory);
      reader.write(memory.subarray(0, piece.length));
      memory.fill(0);
    }
    expect(reader.end().types).toMatchObject([
      { kind: 'object', name: 'Remembered', count: 1, sizeBytes: 7 },
    ]);
  });

  it('refuses a snapshot that is cut short at any byte', () => {
    const text = buildSnapshot((heap) => heap.edge(heap.root, 'property', 'x', heap.object('Foo')), {
      format: 'node20',
    });
    for (let length = 0; length < text.length; length++) {
      const attempt = () => read([text.slice(0, length)]);
      expect(attempt, `cut at ${length}`).toThrow(formatError);
    }
    expect(read([text, ' \n']).nodeCount).toBe(3);
  });

  it('never takes a changed byte of nodes for a snapshot of the same shape', () => {
    const text = buildSnapshot((heap) => void heap.object('Foo', { sizeBytes: 11 }));
    const start = text.indexOf('"nodes":[') + 9;
    const end = text.indexOf(']', start);
    for (let at = start; at < end; at++) {
      for (const byte of ['x', '-', '.', '"', '[', '{']) {
        const broken = text.slice(0, at) + byte + text.slice(at + 1);
        expect(() => read([broken]), `${byte} at ${at}`).toThrow(formatError);
      }
    }
  });

  it('answers garbage with a format error and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.nat(20), (bytes, keep) => {
        const head = Buffer.from('{"snapshot":{"meta":{').subarray(0, keep);
        expect(() => read([head, bytes])).toThrow(formatError);
      }),
    );
  });

  it('names the byte where it stopped understanding', () => {
    const text = buildSnapshot(() => {});
    const at = text.indexOf('"nodes":[') + 9;
    const broken = `${text.slice(0, at)}!${text.slice(at)}`;
    expect(() => read(cut(Buffer.from(broken), [13]))).toThrow(`at byte ${at}`);
    expect(() => read([text.slice(0, -1)])).toThrow(`at byte ${text.length - 1}`);
  });

  it('stays failed: a later write or end throws the same error', () => {
    const reader = new HistogramReader();
    const errorOf = (step: () => void) => {
      try {
        step();
        return null;
      } catch (error) {
        return error;
      }
    };
    const first = errorOf(() => reader.write('[]'));
    expect(first).toEqual(formatError);
    expect(errorOf(() => reader.write(buildSnapshot(() => {})))).toBe(first);
    expect(errorOf(() => reader.end())).toBe(first);
  });

  it('passes over sections that it does not know', () => {
    const text = buildSnapshot((heap) => void heap.object('Foo'));
    const extra = '"scopes":{"a":[1,{"b":"]}\\""}],"c":null},"version":1.5,"on":true,"note":"x\\"y",';
    const later = extra.replace(/^"scopes"/, '"more"').replace(/"(c|version|on|note)":/g, '"next $1":');
    const broad = text.replace('"nodes":', `${extra}"nodes":`).replace('"strings":', `${later}"strings":`);
    expect(read(cut(Buffer.from(broad), [1]))).toEqual(read([text]));
  });

  it.each([
    ['other JSON', '{"a":1}'],
    ['an array', '[1,2]'],
    ['nothing', ''],
    ['strings before nodes', '{"strings":[]}'],
    ['nodes before the header', '{"nodes":[]}'],
    ['a header without meta', '{"snapshot":{"node_count":0,"edge_count":0},"nodes":[],"strings":[]}'],
  ])('refuses %s', (_what, text) => {
    expect(() => read([text])).toThrow(formatError);
  });

  it('refuses fewer nodes than the header promises, half a node, and a string that is missing', () => {
    const text = buildSnapshot((heap) => void heap.object('Foo'));
    expect(() => read([text.replace('"node_count":3', '"node_count":4')])).toThrow('4 nodes');
    expect(() => read([text.replace(/"nodes":\[9,/, '"nodes":[')])).toThrow('a multiple of 6 numbers');
    expect(() => read([text.replace(',"Foo"', '')])).toThrow('a string of index 3');
    expect(() => read([text.replace('3,3,5,0,0', '3,4294967295,5,0,0')])).toThrow(
      'a string index below 2^31',
    );
  });

  it('finds fields and types by their names, not by their places', () => {
    const header = {
      meta: {
        node_fields: ['id', 'future', 'self_size', 'name', 'type'],
        node_types: ['number', 'number', 'number', 'string', ['gizmo', 'object']],
        edge_fields: [],
        edge_types: [],
      },
      node_count: 3,
      edge_count: 0,
    };
    const nodes = [1, 0, 17, 1, 1, 3, 99, 19, 0, 0, 5, 0, 23, 1, 1];
    const histogram = read([JSON.stringify({ snapshot: header, nodes, strings: ['what', 'Foo'] })]);
    expect(histogram.types).toMatchObject([
      { kind: 'object', name: 'Foo', count: 2, sizeBytes: 40 },
      { kind: 'unknown', name: '(gizmo)', count: 1, sizeBytes: 19 },
    ]);
  });

  it('adds up names that print the same under different string indexes', () => {
    const text = buildSnapshot((heap) => {
      heap.hidden('system / Context', { sizeBytes: 3 });
      heap.object('system / Context', { sizeBytes: 5 });
      heap.object('Context', { sizeBytes: 7 });
    });
    expect(read([text]).types).toMatchObject([
      { kind: 'hidden', name: 'Context', count: 2, sizeBytes: 8 },
      { kind: 'object', name: 'Context', count: 1, sizeBytes: 7 },
    ]);
  });

  it('parts the objects of a type by their ids, and counts native ids as the oldest', () => {
    const text = buildSnapshot((heap) => {
      for (const id of [5, 11, 13, 17, 99]) heap.object('Foo', { id, sizeBytes: id });
      heap.native('Handle', { id: 4_000_000_000, sizeBytes: 2 });
    });
    const histogram = read([text], [12, 17]);
    expect(histogram.maxObjectId).toBe(99);
    expect(histogram.types.map((row) => row.cohorts)).toEqual([
      [
        { count: 2, sizeBytes: 16 },
        { count: 1, sizeBytes: 13 },
        { count: 2, sizeBytes: 116 },
      ],
      [
        { count: 1, sizeBytes: 2 },
        { count: 0, sizeBytes: 0 },
        { count: 0, sizeBytes: 0 },
      ],
    ]);
  });

  it('refuses boundaries that are not ascending numbers', () => {
    const invalid = expect.objectContaining({ code: 'ERR_MEMX_INVALID_OPTION' });
    for (const cohortBoundaries of [[2, 1], [1, 1], [Number.NaN]]) {
      expect(() => new HistogramReader({ cohortBoundaries })).toThrow(invalid);
    }
  });

  it('keeps its counts apart for many thousands of names', () => {
    const names = Array.from({ length: 5003 }, (_, index) => `Class${index}`);
    const text = buildSnapshot((heap) => {
      names.forEach((label, index) => {
        for (let copy = 0; copy <= index % 7; copy++) heap.object(label, { sizeBytes: index });
      });
    });
    const histogram = read([text]);
    expect(histogram.types).toHaveLength(names.length);
    for (const row of histogram.types) {
      const index = Number(row.name.slice('Class'.length));
      expect([row.count, row.sizeBytes]).toEqual([(index % 7) + 1, index * ((index % 7) + 1)]);
    }
  });
});
