import { createRequire } from 'node:module';
import { HeapGraph, readHistogramFile } from '@memx/advanced';
import { openInDevtools } from './devtools-engine.mjs';

const DEAREST = 10;

/**
 * What is compared, each by what its user calls. The peers' modules are those of `fetchPeers`. Two jobs, one after the other:
 *
 * - `open`: a whole graph with dominators and retained sizes, which answers: the ten nodes that retain most, by name, and
 *   who holds the first of them. What an engine makes without being asked is part of it: memlab finds a shortest path to
 *   every node, DevTools distances and an index of retainers.
 * - `ask`: what memx makes only when it is asked: rows by class where there are such, and of the ten their distances, and
 *   how many hold each.
 *
 * Every engine answers in the same form, so that a bench can see that all did the same work. The sizes differ: memlab has
 * its own rules for edges, and DevTools moves storage to owners.
 */
export const GRAPH_ENGINES = {
  memx: {
    async open(file) {
      const graph = await HeapGraph.open(file);
      const dearest = findDearest(graph.nodeCount, (node) => graph.retainedSizeBytes(node));
      return {
        graph,
        dearest,
        nodeCount: graph.nodeCount,
        edgeCount: graph.edgeCount,
        retainedBytes: graph.retainedSizeBytes(graph.root),
        names: dearest.map((node) => graph.nameOf(node)),
        retainersOfFirst: countRetainers(graph, dearest[0]),
      };
    },
    ask: ({ graph, dearest }) => ({
      classes: graph.classes().length,
      distances: dearest.map((node) => graph.distanceOf(node)),
      retainers: dearest.map((node) => countRetainers(graph, node)),
    }),
  },

  memlab: {
    async open(file, { memlab, memlabCore }) {
      const require = createRequire(memlab);
      require(memlabCore).config.muteConsole = true; // it writes its progress to stdout
      const { nodes, edges } = await require(memlab).getFullHeapFromFile(file);
      const dearest = findDearest(nodes.length, (node) => nodes.get(node).retainedSize);
      return {
        nodes,
        dearest,
        nodeCount: nodes.length,
        edgeCount: edges.length,
        retainedBytes: nodes.get(0).retainedSize,
        names: dearest.map((node) => nodes.get(node).name),
        retainersOfFirst: nodes.get(dearest[0]).referrers.length,
      };
    },
    ask: ({ nodes, dearest }) => ({
      classes: 0, // it has no such table
      distances: dearest.map((node) => countSteps(nodes.get(node))),
      retainers: dearest.map((node) => nodes.get(node).referrers.length),
    }),
  },

  devtools: {
    async open(file, { devtools }) {
      const snapshot = await openInDevtools(devtools, file);
      const { retainedSizes, nodeCount, nodeFieldCount, containmentEdges, edgeFieldsCount } = snapshot;
      const dearest = findDearest(nodeCount, (node) => retainedSizes[node]).map((at) =>
        snapshot.createNode(at * nodeFieldCount),
      );
      return {
        snapshot,
        dearest,
        nodeCount,
        edgeCount: containmentEdges.length / edgeFieldsCount,
        retainedBytes: retainedSizes[0],
        names: dearest.map((node) => node.rawName()),
        retainersOfFirst: dearest[0].retainersCount(),
      };
    },
    ask: ({ snapshot, dearest }) => ({
      classes: Object.keys(snapshot.getAggregatesByClassKey(false, 'allObjects')).length,
      distances: dearest.map((node) => node.distance()),
      retainers: dearest.map((node) => node.retainersCount()),
    }),
  },
};

/** Counts by type and holds no graph. */
export async function countByType(file) {
  const { nodeCount, selfSizeBytes, types } = await readHistogramFile(file);
  return { nodeCount, retainedBytes: selfSizeBytes, types: types.length };
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
