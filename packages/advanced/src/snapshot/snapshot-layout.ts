import { snapshotFormatError } from './snapshot-format-error.js';

/** Where the fields of a node or an edge stand in its record, by the snapshot's own `meta`. */
export interface SnapshotLayout {
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** Numbers per node: 7 up to Node 22 (with trace_node_id), 6 from Node 24. */
  readonly nodeLength: number;
  readonly nodeFields: readonly string[];
  /** V8's names of the node types; a node's `type` is an index into it. The list moves between versions. */
  readonly nodeTypes: readonly string[];
  readonly edgeLength: number;
  readonly edgeFields: readonly string[];
  readonly edgeTypes: readonly string[];
  readonly locationFields: readonly string[];
}

/**
 * Reads the `snapshot` object that a file begins with.
 *
 * @throws MemxError `ERR_MEMX_SNAPSHOT_FORMAT` when it is not V8's. `byteOffset` is where the object ends.
 */
export function readSnapshotLayout(text: string, byteOffset: number): SnapshotLayout {
  const header = parseHeader(text, byteOffset);
  const meta = asObject(header['meta']);
  const nodeFields = asNames(meta['node_fields']);
  const edgeFields = asNames(meta['edge_fields']);
  const nodeTypes = firstNames(meta['node_types']);
  if (!nodeFields.includes('type') || nodeTypes.length === 0) {
    throw snapshotFormatError('"snapshot.meta" with V8\'s node_fields and node_types', byteOffset);
  }
  return {
    nodeCount: asCount(header['node_count'], byteOffset),
    edgeCount: asCount(header['edge_count'], byteOffset),
    nodeLength: nodeFields.length,
    nodeFields,
    nodeTypes,
    edgeLength: edgeFields.length,
    edgeFields,
    edgeTypes: firstNames(meta['edge_types']),
    locationFields: asNames(meta['location_fields']),
  };
}

/** Where the field stands in a node's record. */
export function nodeFieldOffset(layout: SnapshotLayout, field: string): number {
  const offset = layout.nodeFields.indexOf(field);
  if (offset < 0) throw snapshotFormatError(`"${field}" among the node_fields`, 0, layout.nodeFields.join());
  return offset;
}

/** Where the field stands in an edge's record. */
export function edgeFieldOffset(layout: SnapshotLayout, field: string): number {
  const offset = layout.edgeFields.indexOf(field);
  if (offset < 0) throw snapshotFormatError(`"${field}" among the edge_fields`, 0, layout.edgeFields.join());
  return offset;
}

function parseHeader(text: string, byteOffset: number): Readonly<Record<string, unknown>> {
  try {
    return asObject(JSON.parse(text));
  } catch {
    throw snapshotFormatError('the "snapshot" object to be valid JSON before', byteOffset);
  }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function asNames(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string') : [];
}

/** `node_types` and `edge_types` hold the list of type names beside the plain types of the other fields. */
function firstNames(types: unknown): readonly string[] {
  return asNames(Array.isArray(types) ? types.find(Array.isArray) : undefined);
}

function asCount(value: unknown, byteOffset: number): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw snapshotFormatError('"node_count" and "edge_count" in the "snapshot" object before', byteOffset);
}
