export { type BuildSnapshotOptions, buildSnapshot } from './build-snapshot.js';
export {
  SnapshotBuilder,
  type SnapshotEdge,
  type SnapshotLocation,
  type SnapshotNode,
  type SnapshotNodeOptions,
} from './snapshot-builder.js';
export { type SnapshotEdgeType, type SnapshotFormatName, snapshotFormats } from './snapshot-format.js';
