import { MemxError } from '@memx/core';
import { SnapshotBuilder, type SnapshotNode } from './snapshot-builder.js';
import {
  edgeTypes,
  type SnapshotFormat,
  type SnapshotFormatName,
  snapshotFormats,
} from './snapshot-format.js';

/** @see {@link buildSnapshot} */
export interface BuildSnapshotOptions {
  /** Which Node version's V8 to imitate. Default `'node24'`. */
  readonly format?: SnapshotFormatName;
}

/**
 * The text of a heap snapshot as V8 would write it of a made-up heap: fields, order, separators and escapes.
 *
 * ```ts
 * const text = buildSnapshot((heap) => {
 *   const cache = heap.object('Cache', { sizeBytes: 48 });
 *   heap.edge(heap.root, 'shortcut', 'cache', cache);
 *   heap.edge(cache, 'property', 'latest', heap.object('Order', { sizeBytes: 64 }));
 * });
 * ```
 */
export function buildSnapshot(
  describeHeap: (heap: SnapshotBuilder) => void,
  options: BuildSnapshotOptions = {},
): string {
  const heap = new SnapshotBuilder();
  describeHeap(heap);
  return writeSnapshot(heap.nodes, snapshotFormats[options.format ?? 'node24']);
}

function writeSnapshot(nodes: readonly SnapshotNode[], format: SnapshotFormat): string {
  const strings = new StringTable();
  const positions = new Map(nodes.map((node, index) => [node, index * format.nodeFields.length]));
  const nodeRecords = nodes.map((node) => nodeRecord(node, format, strings));
  const edgeRecords = nodes.flatMap((node) =>
    node.edges.map(({ type, nameOrIndex, to }) => [
      edgeTypes.indexOf(type),
      typeof nameOrIndex === 'number' ? nameOrIndex : strings.indexOf(nameOrIndex),
      positions.get(to) ?? 0,
    ]),
  );
  const locations = nodes.flatMap((node) =>
    node.location === null
      ? []
      : [[positions.get(node) ?? 0, node.location.scriptId, node.location.line, node.location.column]],
  );
  const list = (records: readonly (readonly number[])[]) => writeRecords(records, format.separator);
  return [
    `{"snapshot":${JSON.stringify(header(format, nodes.length, edgeRecords.length))}`,
    `"nodes":${list(nodeRecords)}`,
    `"edges":${list(edgeRecords)}`,
    '"trace_function_infos":[]',
    '"trace_tree":[]',
    '"samples":[]',
    `"locations":${list(locations)}`,
    `"strings":[${strings.texts.map(quote).join(format.separator === ',' ? ',' : ',\n')}]}`,
  ].join(',\n');
}

function header(format: SnapshotFormat, nodeCount: number, edgeCount: number) {
  return {
    meta: {
      node_fields: format.nodeFields,
      // Node 24 still lists seven types for its six fields.
      node_types: [format.nodeTypes, 'string', 'number', 'number', 'number', 'number', 'number'],
      edge_fields: ['type', 'name_or_index', 'to_node'],
      edge_types: [edgeTypes, 'string_or_number', 'node'],
      trace_function_info_fields: ['function_id', 'name', 'script_name', 'script_id', 'line', 'column'],
      trace_node_fields: ['id', 'function_info_index', 'count', 'size', 'children'],
      sample_fields: ['timestamp_us', 'last_assigned_id'],
      location_fields: ['object_index', 'script_id', 'line', 'column'],
    },
    node_count: nodeCount,
    edge_count: edgeCount,
    trace_function_count: 0,
  };
}

function nodeRecord(node: SnapshotNode, format: SnapshotFormat, strings: StringTable): number[] {
  const type = format.nodeTypes.indexOf(node.type);
  if (type < 0) {
    throw new MemxError('ERR_MEMX_INVALID_OPTION', {
      what: 'This format knows no such node type',
      value: node.type,
      remedy: `Use one of ${format.nodeTypes.join(', ')}.`,
    });
  }
  const fields: Readonly<Record<string, number>> = {
    type,
    name: strings.indexOf(node.name),
    id: node.id,
    self_size: node.sizeBytes,
    edge_count: node.edges.length,
    detachedness: node.detachedness,
  };
  return format.nodeFields.map((field) => fields[field] ?? 0);
}

function writeRecords(records: readonly (readonly number[])[], separator: string): string {
  const text = records.map((record) => record.join()).join(separator);
  return separator === ',' || text === '' ? `[${text}]` : `[${text}\n]`;
}

/** Numbers the texts in the order in which they are met; V8 keeps number 0 for none. */
class StringTable {
  private readonly indexes = new Map([['<dummy>', 0]]);

  get texts(): string[] {
    return [...this.indexes.keys()];
  }

  indexOf(text: string): number {
    const index = this.indexes.get(text) ?? this.indexes.size;
    this.indexes.set(text, index);
    return index;
  }
}

/** JSON in pure ASCII. */
function quote(text: string): string {
  return JSON.stringify(text).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
}
