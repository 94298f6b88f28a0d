import { readFileSync } from 'node:fs';

/**
 * A snapshot by JSON.parse, with nothing clever: what the file says, in the order in which it says it.
 *
 * @param {string} file of less than 512 MB
 */
export function readPlainly(file) {
  const { snapshot, nodes, edges, strings } = JSON.parse(readFileSync(file, 'latin1'));
  const { node_fields: nodeFields, node_types: nodeTypes, edge_types: edgeTypes } = snapshot.meta;
  const width = nodeFields.length;
  const column = (field) => {
    const offset = nodeFields.indexOf(field);
    return (node) => nodes[node * width + offset];
  };
  const [typeOf, nameOf, edgeCountOf] = ['type', 'name', 'edge_count'].map(column);
  const firstEdge = new Float64Array(nodes.length / width + 1);
  for (let node = 0; node < nodes.length / width; node++)
    firstEdge[node + 1] = firstEdge[node] + edgeCountOf(node);
  const isIndexed = edgeTypes[0].map((type) => type === 'element' || type === 'hidden');
  return {
    nodeCount: nodes.length / width,
    edgeCount: edges.length / 3,
    typeOf: (node) => nodeTypes[0][typeOf(node)],
    nameOf: (node) => strings[nameOf(node)],
    idOf: column('id'),
    selfSizeOf: column('self_size'),
    detachednessOf: column('detachedness'),
    firstEdgeOf: (node) => firstEdge[node],
    edge: (edge) => ({
      type: edgeTypes[0][edges[edge * 3]],
      name: isIndexed[edges[edge * 3]] ? edges[edge * 3 + 1] : strings[edges[edge * 3 + 1]],
      to: edges[edge * 3 + 2] / width,
    }),
  };
}
