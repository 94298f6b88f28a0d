import { closeSync, openSync, writeSync } from 'node:fs';

const FIELDS = ['type', 'name', 'id', 'self_size', 'edge_count', 'detachedness'];
const RECORDS_PER_WRITE = 10_007;

/**
 * Writes a heap snapshot of so many objects, each with a string of its own that the one before it holds, too: about 100
 * bytes of text each.
 */
export function writeLargeHeap(file: string, objectCount: number): void {
  const descriptor = openSync(file, 'w');
  const nodeCount = 1 + 2 * objectCount;
  const edgeCount = 1 + 3 * objectCount - 2;
  const meta = {
    node_fields: FIELDS,
    node_types: [['synthetic', 'object', 'string']],
    edge_fields: ['type', 'name_or_index', 'to_node'],
    edge_types: [['property', 'shortcut']],
    location_fields: [],
  };
  const header = { meta, node_count: nodeCount, edge_count: edgeCount };
  writeSync(descriptor, `{"snapshot":${JSON.stringify(header)},"nodes":[0,0,1,0,1,0`);
  const write = (textOf: (object: number) => string) => {
    for (let from = 0; from < objectCount; from += RECORDS_PER_WRITE) {
      const count = Math.min(RECORDS_PER_WRITE, objectCount - from);
      writeSync(descriptor, Array.from({ length: count }, (_, at) => textOf(from + at)).join(''));
    }
  };
  const isLast = (object: number) => object === objectCount - 1;
  const objectAt = (object: number) => (1 + 2 * object) * FIELDS.length;
  write((object) => {
    const id = 3 + 4 * object;
    return `,1,1,${id},31,${isLast(object) ? 1 : 3},0,2,${2 + object},${id + 2},29,0,0`;
  });
  writeSync(descriptor, `],"edges":[1,1,${FIELDS.length}`);
  write((object) => {
    const own = `,0,1,${objectAt(object) + FIELDS.length}`;
    if (isLast(object)) return own;
    const next = objectAt(object + 1);
    return `${own},0,1,${next},0,1,${next + FIELDS.length}`;
  });
  writeSync(descriptor, '],"strings":["","next"');
  write((object) => `,"zq text number ${object} of many"`);
  writeSync(descriptor, ']}');
  closeSync(descriptor);
}
