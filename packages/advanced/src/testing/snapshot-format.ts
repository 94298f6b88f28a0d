/** How the versions of V8 write a snapshot. `separator` parts the records. */
export interface SnapshotFormat {
  readonly nodeFields: readonly string[];
  readonly nodeTypes: readonly string[];
  readonly separator: string;
}

const COMMON_TYPES: readonly string[] = [
  'hidden',
  'array',
  'string',
  'object',
  'code',
  'closure',
  'regexp',
  'number',
  'native',
  'synthetic',
  'concatenated string',
  'sliced string',
  'symbol',
  'bigint',
  'object shape',
];
const WITH_TRACE = ['type', 'name', 'id', 'self_size', 'edge_count', 'trace_node_id', 'detachedness'];
const WITHOUT_TRACE = WITH_TRACE.filter((field) => field !== 'trace_node_id');

/** The formats by the Node version that writes them. */
export const snapshotFormats = {
  node20: { nodeFields: WITH_TRACE, nodeTypes: [...COMMON_TYPES, 'wasm object'], separator: '\n,' },
  node22: { nodeFields: WITH_TRACE, nodeTypes: COMMON_TYPES, separator: '\n,' },
  node24: { nodeFields: WITHOUT_TRACE, nodeTypes: COMMON_TYPES, separator: ',' },
  node26: { nodeFields: WITHOUT_TRACE, nodeTypes: COMMON_TYPES, separator: ',' },
} as const satisfies Record<string, SnapshotFormat>;

/** @see {@link snapshotFormats} */
export type SnapshotFormatName = keyof typeof snapshotFormats;

/** In V8's order: an edge's type is an index into it. */
export const edgeTypes = [
  'context',
  'element',
  'property',
  'internal',
  'hidden',
  'shortcut',
  'weak',
] as const;

/** @see {@link edgeTypes} */
export type SnapshotEdgeType = (typeof edgeTypes)[number];
