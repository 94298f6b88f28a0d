import { heldTypes } from './held-text.js';
import type { ObjectRow } from './object-row.js';
import type { ObjectsJson } from './objects-json.js';

/**
 * Takes out what the object snapshots that are held at the moment add to this one: the rows of their classes, and
 * their blocks' share of V8's row of buffer bytes, which is exact, because all blocks are of one size.
 *
 * @param ownTypes names of further classes whose rows are memx's
 */
export function withoutOwnObjects(json: ObjectsJson, ownTypes: readonly string[]): ObjectsJson {
  const names = new Set([...ownTypes, ...heldTypes.names]);
  const isOwn = (row: ObjectRow) => row.kind === 'object' && names.has(row.type);
  const own = json.types.filter(isOwn);
  const blocks = own.find((row) => row.type === heldTypes.blockName)?.count ?? 0;
  const blockBytes = blocks * heldTypes.blockBytes;
  return {
    ...json,
    nodeCount: json.nodeCount - blocks - sum(own.map((row) => row.count)),
    sizeBytes: json.sizeBytes - blockBytes - sum(own.map((row) => row.sizeBytes)),
    types: json.types
      .filter((row) => !isOwn(row))
      .map((row) =>
        row.kind === 'native' && row.type === heldTypes.bytesName
          ? { ...row, count: row.count - blocks, sizeBytes: row.sizeBytes - blockBytes }
          : row,
      )
      .filter((row) => row.count > 0)
      .sort((a, b) => b.sizeBytes - a.sizeBytes),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
