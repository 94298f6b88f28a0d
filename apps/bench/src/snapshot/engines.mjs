import { createRequire } from 'node:module';
import { HeapGraph, readHistogramFile } from '@memx/advanced';
import { openInDevtools } from './devtools-engine.mjs';

const DEAREST = 10;

/**
 * What is compared, each by what its user calls: a whole graph with dominators and retained sizes, the rows by
 * class where it has them, and the ten nodes that retain most: name, distance, how many retain them. The peers' modules are those of `fetchPeers`. Every engine answers in the same form, so that
 * a bench can see that all did the same work.
 *
 * The sizes differ: memlab has its own rules for edges, and DevTools moves storage to owners.
 */
export const GRAPH_ENGINES = {
  async memx(file) {
    const graph = await HeapGraph.open(file);
    const dearest = findDearest(graph.nodeCount, (node) => graph.retainedSizeBytes(node));
    return {
      nodeCount: graph.nodeCount,
      edgeCount: graph.edgeCount,
      retainedBytes: graph.retainedSizeBytes(graph.root),
      classes: graph.classes().length,
      dearest: dearest.map((node) =>
        describe(graph.nameOf(node), graph.distanceOf(node), countRetainers(graph, node)),
      ),
    };
  },

  async memlab(file, { memlab, memlabCore }) {
    const require = createRequire(memlab);
    require(memlabCore).config.muteConsole = true; // it writes its progress to stdout
    const { nodes, edges } = await require(memlab).getFullHeapFromFile(file);
    const dearest = findDearest(nodes.length, (node) => nodes.get(node).retainedSize);
    return {
      nodeCount: nodes.length,
      edgeCount: edges.length,
      retainedBytes: nodes.get(0).retainedSize,
      classes: 0, // it has no such table
      dearest: dearest.map((node) =>
        describe(nodes.get(node).name, countSteps(nodes.get(node)), nodes.get(node).referrers.length),
      ),
    };
  },

  async devtools(file, { devtools }) {
    const snapshot = await openInDevtools(devtools, file);
    const { retainedSizes, nodeCount, nodeFieldCount, containmentEdges, edgeFieldsCount } = snapshot;
    const dearest = findDearest(nodeCount, (node) => retainedSizes[node]);
    return {
      nodeCount,
      edgeCount: containmentEdges.length / edgeFieldsCount,
      retainedBytes: retainedSizes[0],
      classes: Object.keys(snapshot.getAggregatesByClassKey(false, 'allObjects')).length,
      dearest: dearest.map((at) => {
        const node = snapshot.createNode(at * nodeFieldCount);
        return describe(node.rawName(), node.distance(), node.retainersCount());
      }),
    };
  },
};

/** Counts by type and holds no graph. */
export async function countByType(file) {
  const { nodeCount, selfSizeBytes, types } = await readHistogramFile(file);
  return { nodeCount, retainedBytes: selfSizeBytes, types: types.length };
}

function describe(name, distance, retainers) {
  return `${name.slice(0, 24)} ${distance}/${retainers}`;
}

function countRetainers(graph, node) {
  let count = 0;
  graph.forEachRetainer(node, () => count++);
  return count;
}

/** memlab keeps the last edge of a path from the root, not its length. */
function countSteps(node) {
  let steps = 0;
  for (let edge = node.pathEdge; edge; edge = edge.fromNode.pathEdge) steps++;
  return steps;
}

/** Of all nodes but the root, which is the first. */
function findDearest(nodeCount, retainedOf) {
  const dearest = [];
  let least = -1;
  for (let node = 1; node < nodeCount; node++) {
    const size = retainedOf(node);
    if (size <= least && dearest.length === DEAREST) continue;
    dearest.push({ node, size });
    dearest.sort((a, b) => b.size - a.size);
    dearest.length = Math.min(dearest.length, DEAREST);
    least = dearest.at(-1).size;
  }
  return dearest.map(({ node }) => node);
}
