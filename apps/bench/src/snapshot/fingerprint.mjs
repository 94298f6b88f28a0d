import { createHash } from 'node:crypto';
import { addUp } from './add-up.mjs';

/** @typedef {{ nodes: number, dominators: string, owned: string, retained: string, distances: string }} Fingerprint */

/** What memx's graph says of all nodes, a hash for each question. @returns {Fingerprint} */
export function fingerprintOfGraph(graph) {
  const column = (answer) => hash(Array.from({ length: graph.nodeCount }, (_, node) => answer(node)));
  return {
    nodes: graph.nodeCount,
    dominators: column((node) => graph.dominatorOf(node)),
    owned: column((node) => graph.ownedSizeBytes(node)),
    retained: column((node) => graph.retainedSizeBytes(node)),
    distances: column((node) => graph.distanceOf(node)),
  };
}

/**
 * The same of Chrome DevTools. Retained are the sizes in the file, added up along DevTools' dominators: DevTools adds up what
 * it has moved to owners.
 *
 * @returns {Fingerprint}
 */
export function fingerprintOfDevtools(devtools, plain) {
  const { nodes, nodeCount, nodeFieldCount, nodeSelfSizeOffset, dominatorsTree, nodeDistances } = devtools;
  const column = (answer) => hash(Array.from({ length: nodeCount }, (_, node) => answer(node)));
  const retained = addUp(dominatorsTree, plain.selfSizeOf);
  return {
    nodes: nodeCount,
    dominators: column((node) => dominatorsTree[node]),
    owned: column((node) => nodes.getValue(node * nodeFieldCount + nodeSelfSizeOffset)),
    retained: column((node) => retained[node]),
    distances: column((node) => (nodeDistances[node] < 0 ? null : nodeDistances[node])),
  };
}

function hash(values) {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 16);
}
