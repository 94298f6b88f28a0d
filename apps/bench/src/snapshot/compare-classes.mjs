import { addUp } from './add-up.mjs';

/**
 * Holds the rows of `graph.classes()` against Chrome DevTools: all of them against sums over DevTools' dominators, and those
 * that hold the same objects in both against DevTools' own rows.
 *
 * @param {import('@memx/advanced').HeapGraph} graph
 * @param {{ devtools: object, plain: ReturnType<typeof import('./read-plainly.mjs').readPlainly> }} others
 * @param {import('./tally.mjs').Tally} tally
 */
export function compareClasses(graph, { devtools, plain }, tally) {
  compareDevtoolsRows(graph, devtools, tally);
  const membersOf = groupNodes(graph.nodeCount, (node) => `${graph.kindOf(node)} ${graph.classNameOf(node)}`);
  const rows = new Map(graph.classes().map((row) => [`${row.kind} ${row.name}`, row]));
  tally.compare('class rows', rows.size, membersOf.size, { where: () => 'the snapshot' });
  const theirs = groupDevtoolsRows(devtools);
  for (const [key, members] of membersOf) {
    const row = rows.get(key);
    const about = { where: () => `class ${key}` };
    tally.compare('class has a row', row !== undefined, true, about);
    if (!row) continue;
    const sum = (sizeOf) => members.reduce((total, node) => total + sizeOf(node), 0);
    tally.compare('class count', row.count, members.length, about);
    tally.compare('class shallow bytes', row.shallowBytes, sum(plain.selfSizeOf), about);
    tally.compare(
      'class owned bytes',
      row.ownedBytes,
      sum((node) => ownedIn(devtools, node)),
      about,
    );
    const retained = outermost(members, devtools.dominatorsTree).reduce(
      (total, node) => total + graph.retainedSizeBytes(node),
      0,
    );
    tally.compare('class retained bytes, outermost of the class', row.retainedBytes, retained, about);
    compareWithTheirs(
      row,
      {
        members,
        devtools,
        their: theirs.get(identify(members.filter((node) => ownedIn(devtools, node) > 0))),
      },
      tally,
    );
  }
}

/** Every row of DevTools, made again from what memx says of the nodes in it; plain objects by their shapes, as it shows them. */
function compareDevtoolsRows(graph, devtools, tally) {
  const dominators = Uint32Array.from({ length: graph.nodeCount }, (_, node) => graph.dominatorOf(node));
  const retained = addUp(dominators, (node) => graph.ownedSizeBytes(node));
  for (const { name, idxs, count, self, maxRet } of Object.values(devtools.getAggregatesByClassKey(false))) {
    const members = idxs.map((index) => index / devtools.nodeFieldCount);
    const about = { where: () => `row ${name}` };
    const bytes = members.reduce((total, node) => total + graph.ownedSizeBytes(node), 0);
    const outer = outermost(members, dominators).reduce((total, node) => total + retained[node], 0);
    tally.compare('row of DevTools: count', members.length, count, about);
    tally.compare('row of DevTools: bytes', bytes, self, about);
    tally.compare('row of DevTools: retained bytes', outer, maxRet, about);
  }
}

/** DevTools has rows of its own for most of V8's objects, and counts only those with a size of their own. */
function compareWithTheirs(row, { members, devtools, their }, tally) {
  const about = { where: () => `class ${row.kind} ${row.name}` };
  const reason = 'named and grouped in another way by DevTools, or all without a size there';
  tally.compare('class is one of DevTools by name and members', their !== undefined, true, {
    ...about,
    explain: () => reason,
  });
  if (!their) return;
  const sized = members.filter((node) => ownedIn(devtools, node) > 0).length;
  tally.compare('same row in both: count with a size', sized, their.count, about);
  tally.compare('same row in both: bytes', row.ownedBytes, their.self, about);
  tally.compare('same row in both: retained bytes', row.retainedBytes, their.maxRet, {
    ...about,
    explain: () => explainRetained(members, devtools, their),
  });
}

/** What DevTools shows, worked out with its dominators and sizes; if that is right the difference is one of rules. */
function explainRetained(members, devtools, their) {
  const sized = members.filter((node) => ownedIn(devtools, node) > 0);
  const shown = outermost(sized, devtools.dominatorsTree).reduce(
    (total, node) => total + devtools.retainedSizes[node],
    0,
  );
  if (shown !== their.maxRet) return undefined;
  return 'DevTools leaves out nodes without a size of their own, or moves storage out of what the class retains';
}

function ownedIn(devtools, node) {
  return devtools.nodes.getValue(node * devtools.nodeFieldCount + devtools.nodeSelfSizeOffset);
}

/** Those of the nodes that no other of them dominates. */
function outermost(nodes, dominators) {
  const all = new Set(nodes);
  return nodes.filter((node) => {
    for (let at = node; dominators[at] !== at; at = dominators[at]) if (all.has(dominators[at])) return false;
    return true;
  });
}

function groupNodes(count, keyOf) {
  const groups = new Map();
  for (let node = 0; node < count; node++) {
    const key = keyOf(node);
    const group = groups.get(key);
    if (group) group.push(node);
    else groups.set(key, [node]);
  }
  return groups;
}

/** DevTools' rows by the nodes in them; plain objects are one class, as in every table but the one DevTools shows. */
function groupDevtoolsRows(devtools) {
  devtools.applyInterfaceDefinitions([]);
  const rows = Object.values(devtools.getAggregatesByClassKey(false));
  return new Map(
    rows.map((row) => [identify(row.idxs.map((index) => index / devtools.nodeFieldCount)), row]),
  );
}

function identify(nodes) {
  return nodes.length === 0 ? 'none' : [...nodes].sort((a, b) => a - b).join();
}
