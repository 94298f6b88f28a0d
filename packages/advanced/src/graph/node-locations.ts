import { NumberArrayReader } from '../snapshot/number-array-reader.js';
import type { SnapshotLayout } from '../snapshot/snapshot-layout.js';
import type { ByteStore } from './byte-store.js';

/** Where a function, or the class of an object, stands in its script; counted from 1. */
export interface NodeLocation {
  readonly scriptId: number;
  readonly line: number;
  readonly column: number;
}

const PIECE_BYTES = 1 << 18;

/** Reads the section `locations`, which is up to a fourteenth of the file, when somebody asks for the first one. */
export function readLocations(
  layout: SnapshotLayout,
  store: ByteStore,
  { from, to }: { readonly from: number; readonly to: number },
): ReadonlyMap<number, NodeLocation> {
  const locations = new Map<number, NodeLocation>();
  const fields = layout.locationFields;
  const at = {
    node: fields.indexOf('object_index'),
    scriptId: fields.indexOf('script_id'),
    line: fields.indexOf('line'),
    column: fields.indexOf('column'),
  };
  if (Object.values(at).some((index) => index < 0)) return locations;
  const reader = new NumberArrayReader(fields.length, (numbers, length) => {
    for (let record = 0; record < length; record += fields.length) {
      locations.set((numbers[record + at.node] as number) / layout.nodeLength, {
        scriptId: numbers[record + at.scriptId] as number,
        // V8 counts both from 0.
        line: (numbers[record + at.line] as number) + 1,
        column: (numbers[record + at.column] as number) + 1,
      });
    }
  });
  for (let byteOffset = from; byteOffset < to && !reader.done; byteOffset += PIECE_BYTES) {
    const bytes = store.read(byteOffset, Math.min(PIECE_BYTES, to - byteOffset));
    reader.read({ bytes, byteOffset }, 0);
  }
  return locations;
}
