import { readFileSync } from 'node:fs';

/**
 * The objects of a (small) snapshot, independent of memx's own reader: a peer must not share our mistakes.
 *
 * @param {string} file
 * @returns {{ id: number, type: string, sizeBytes: number }[]} what lies on V8's heap (odd ids)
 */
export function readSnapshot(file) {
  const { snapshot, nodes, strings } = JSON.parse(readFileSync(file, 'utf8'));
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const at = (name) => fields.indexOf(name);
  const [typeAt, nameAt, idAt, sizeAt] = ['type', 'name', 'id', 'self_size'].map(at);
  const objects = [];
  for (let node = 0; node < nodes.length; node += fields.length) {
    const id = nodes[node + idAt];
    if (id % 2 === 0) continue;
    const kind = types[typeAt][nodes[node + typeAt]];
    objects.push({ id, type: rowOf(kind, strings[nodes[node + nameAt]]), sizeBytes: nodes[node + sizeAt] });
  }
  return objects;
}

function rowOf(kind, name) {
  if (kind === 'object' || kind === 'native') return name;
  if (kind === 'hidden' || kind === 'array') return name.replace(/^system \/ /, '') || `(${kind})`;
  return `(${kind})`;
}

/** @returns {Map<string, { count: number, bytes: number }>} by type */
export function histogramOf(objects) {
  const rows = new Map();
  for (const { type, sizeBytes } of objects) {
    const row = rows.get(type) ?? { count: 0, bytes: 0 };
    rows.set(type, { count: row.count + 1, bytes: row.bytes + sizeBytes });
  }
  return rows;
}
