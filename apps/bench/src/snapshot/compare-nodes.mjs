import { addUp } from './add-up.mjs';

const UNREACHED = -5;

/**
 * Holds each node and edge of a graph of memx against the file itself, and its dominator, sizes and distance against
 * Chrome DevTools.
 *
 * @param {import('@memx/advanced').HeapGraph} graph
 * @param {{ devtools: object, plain: ReturnType<typeof import('./read-plainly.mjs').readPlainly> }} others
 * @param {import('./tally.mjs').Tally} tally
 */
export function compareNodes(graph, { devtools, plain }, tally) {
  const everywhere = { where: () => 'the snapshot' };
  tally.compare('node count', graph.nodeCount, devtools.nodeCount, everywhere);
  tally.compare('edge count', graph.edgeCount, plain.edgeCount, everywhere);
  const sizeOf = (node) =>
    devtools.nodes.getValue(node * devtools.nodeFieldCount + devtools.nodeSelfSizeOffset);
  const unmoved = addUp(devtools.dominatorsTree, plain.selfSizeOf);
  for (let node = 0; node < graph.nodeCount; node++) {
    const about = {
      where: () =>
        `node ${node} ${graph.typeOf(node)} ${graph.nameOf(node).slice(0, 40)} @${graph.idOf(node)}`,
    };
    tally.compare('id', graph.idOf(node), plain.idOf(node), about);
    tally.compare('type', graph.typeOf(node), plain.typeOf(node), about);
    tally.compare('name', graph.nameOf(node), plain.nameOf(node), about);
    tally.compare(
      'shallow size, as in the file',
      graph.shallowSizeBytes(node),
      plain.selfSizeOf(node),
      about,
    );
    tally.compare('owned size', graph.ownedSizeBytes(node), sizeOf(node), about);
    tally.compare('dominator', graph.dominatorOf(node), devtools.dominatorsTree[node], about);
    tally.compare('distance', graph.distanceOf(node), distanceOf(devtools, node), about);
    compareDetachedness(graph, node, { devtools, plain }, { tally, about });
    tally.compare('retained size, of unmoved sizes', graph.retainedSizeBytes(node), unmoved[node], about);
    tally.compare('retained size', graph.retainedSizeBytes(node), devtools.retainedSizes[node], {
      ...about,
      explain: () =>
        graph.retainedSizeBytes(node) === unmoved[node] && explainMoved(sizeOf(node), plain.selfSizeOf(node)),
    });
    compareEdges(graph, node, { devtools, plain }, tally);
  }
}

/** Both add up the same nodes, as the check before says; DevTools adds up sizes that it has moved to owners. */
function explainMoved(moved, inFile) {
  return moved === 0 && inFile > 0
    ? 'the node is storage, and DevTools has moved its size to its owner'
    : 'the node retains storage that DevTools has moved to an owner outside';
}

function compareEdges(graph, node, { devtools, plain }, tally) {
  let expected = plain.firstEdgeOf(node);
  graph.forEachEdge(node, (edge, to, type) => {
    const about = { where: () => `edge ${edge} of node ${node}` };
    const wanted = plain.edge(edge);
    tally.compare('edge', edge, expected++, about);
    tally.compare('edge type', type, wanted.type, about);
    tally.compare('edge name', graph.edgeNameOf(edge), wanted.name, about);
    tally.compare('edge target', to, wanted.to, about);
  });
  const about = { where: () => `node ${node}` };
  tally.compare('edges of a node', expected, plain.firstEdgeOf(node + 1), about);
  const retainers = [];
  graph.forEachRetainer(node, (edge, from) => retainers.push(`${edge} ${from}`));
  const theirs = [];
  const {
    firstRetainerIndex: first,
    retainingEdges,
    retainingNodes,
    nodeFieldCount,
    edgeFieldsCount,
  } = devtools;
  for (let at = first[node]; at < first[node + 1]; at++) {
    theirs.push(`${retainingEdges[at] / edgeFieldsCount} ${retainingNodes[at] / nodeFieldCount}`);
  }
  tally.compare('retainers', retainers.sort().join(), theirs.sort().join(), about);
}

function distanceOf(devtools, node) {
  const distance = devtools.nodeDistances[node];
  return distance === UNREACHED ? null : distance;
}

/** V8 knows it of entry points into the DOM; DevTools spreads it to the native nodes below. */
function compareDetachedness(graph, node, { devtools, plain }, { tally, about }) {
  const states = ['unknown', 'attached', 'detached'];
  const ours = graph.detachednessOf(node);
  const theirs = states[devtools.createNode(node * devtools.nodeFieldCount).detachedness()];
  tally.compare('detachedness, as in the file', ours, states[plain.detachednessOf(node)], about);
  tally.compare('detachedness', ours, theirs, {
    ...about,
    explain: () => graph.typeOf(node) === 'native' && 'DevTools spreads it to the native nodes below',
  });
}
