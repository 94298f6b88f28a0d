/**
 * snapshot-seed.mjs <file>: writes a piece of this Node's own heap snapshot, some hundred nodes in V8's own spelling. Made
 * once with each Node version, for the fuzzer: its inputs must be the same everywhere.
 */
import { writeFileSync } from 'node:fs';
import { getHeapSnapshot } from 'node:v8';

/** Enough for every kind of edge, and small enough for thousands of inputs a minute. */
const NODES_KEPT = 211;

writeFileSync(process.argv[2], await trimOwnSnapshot());

/** The nodes nearest to the root and what lies between them, in the spelling of this Node. */
async function trimOwnSnapshot() {
  let text = '';
  for await (const chunk of getHeapSnapshot()) text += chunk;
  const whole = JSON.parse(text);
  const kept = keepNearest(whole);
  const separator = text.includes('\n,') ? '\n,' : ',';
  const list = (records) => `[${records.map((record) => record.join()).join(separator)}]`;
  const header = { ...whole.snapshot, node_count: kept.nodes.length, edge_count: kept.edges.length };
  return [
    `{"snapshot":${JSON.stringify(header)}`,
    `"nodes":${list(kept.nodes)}`,
    `"edges":${list(kept.edges)}`,
    '"trace_function_infos":[]',
    '"trace_tree":[]',
    '"samples":[]',
    '"locations":[]',
    `"strings":${JSON.stringify(kept.strings)}}`,
  ].join(',\n');
}

function keepNearest({ snapshot, nodes, edges, strings }) {
  const { node_fields: nodeFields, edge_types: edgeTypes } = snapshot.meta;
  const width = nodeFields.length;
  const [name, edgeCount] = [nodeFields.indexOf('name'), nodeFields.indexOf('edge_count')];
  const firstEdge = [0];
  for (let at = 0; at < nodes.length; at += width) firstEdge.push(firstEdge.at(-1) + nodes[at + edgeCount]);
  const edgesOf = (node) =>
    Array.from({ length: firstEdge[node + 1] - firstEdge[node] }, (_, at) => {
      const from = (firstEdge[node] + at) * 3;
      return { type: edges[from], nameOrIndex: edges[from + 1], to: edges[from + 2] / width };
    });
  const order = new Map([[0, 0]]);
  for (const node of order.keys()) {
    for (const { to } of edgesOf(node))
      if (order.size < NODES_KEPT && !order.has(to)) order.set(to, order.size);
  }
  const texts = new Map();
  const indexOf = (old) => {
    const text = strings[old];
    if (!texts.has(text)) texts.set(text, texts.size);
    return texts.get(text);
  };
  const isIndexed = (type) => ['element', 'hidden'].includes(edgeTypes[0][type]);
  const keptEdges = [];
  const keptNodes = [...order.keys()].map((node) => {
    const inside = edgesOf(node).filter(({ to }) => order.has(to));
    for (const { type, nameOrIndex, to } of inside) {
      keptEdges.push([type, isIndexed(type) ? nameOrIndex : indexOf(nameOrIndex), order.get(to) * width]);
    }
    const record = nodes.slice(node * width, (node + 1) * width);
    record[name] = indexOf(record[name]);
    record[edgeCount] = inside.length;
    return record;
  });
  return { nodes: keptNodes, edges: keptEdges, strings: [...texts.keys()] };
}
