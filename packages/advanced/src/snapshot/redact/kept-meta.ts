/** V8's words on the sections that a redacted copy has. Readers look for every section whose fields are told. */
const KEPT_KEYS = [
  'node_fields',
  'node_types',
  'edge_fields',
  'edge_types',
  'trace_function_info_fields',
  'trace_node_fields',
  'sample_fields',
  'location_fields',
];

/**
 * The `meta` of a snapshot's header without anything but lists of names, and lists of these. A header may hold whatever
 * somebody has put there: data, or lists within lists until the stack ends.
 */
export function keepMeta(meta: unknown): Record<string, readonly unknown[]> {
  const kept: Record<string, readonly unknown[]> = {};
  if (typeof meta !== 'object' || meta === null) return kept;
  for (const key of KEPT_KEYS) {
    const list: unknown = Reflect.get(meta, key);
    if (Array.isArray(list))
      kept[key] = list.map((entry) => (Array.isArray(entry) ? entry.filter(isText) : keepText(entry)));
  }
  return kept;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** An entry's place in the list counts. */
function keepText(value: unknown): string {
  return isText(value) ? value : '';
}
