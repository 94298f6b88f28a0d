import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { HeapGraph, HistogramReader, readHistogram, readHistogramFile, redactSnapshot } from '@memx/advanced';
import { MemxError } from '@memx/core';

const FILE = join(tmpdir(), `memx-fuzz-${process.pid}-${threadId}.heapsnapshot`);
/** A file is some milliseconds; what it adds to a stream is that strings are read again where they stand. */
const FILES = 1 / 16;
/** It reads four times and writes once. */
const REDACTIONS = 1 / 4;
const REDACTED = `${FILE}.redacted`;

/**
 * What must stand any bytes. Each reads them in pieces of any size and asks the result everything it can answer, because
 * a wrong offset shows only there.
 *
 * @type {Record<string, (bytes: Uint8Array, random: import('./random.mjs').Random) => unknown>}
 */
export const FUZZ_TARGETS = {
  histogram(bytes, random) {
    const reader = new HistogramReader();
    for (const piece of inPieces(bytes, random)) reader.write(piece);
    const { nodeCount, selfSizeBytes, types } = reader.end();
    mustBeNumbers({ nodeCount, selfSizeBytes });
    for (const { count, sizeBytes } of types) mustBeNumbers({ count, sizeBytes });
  },

  async 'histogram of a stream'(bytes, random) {
    await readHistogram(inPieces(bytes, random));
  },

  // Nobody knows how long a stream is: columns are made as the header says, and the system gives them no pages until
  // records come to fill them.
  async 'graph of a stream'(bytes, random) {
    await askAll(await HeapGraph.open(inPieces(bytes, random)), random);
  },

  async 'graph of a file'(bytes, random) {
    if (random.next() > FILES) return;
    writeFileSync(FILE, bytes);
    try {
      await askAll(await HeapGraph.open(FILE), random);
    } finally {
      rmSync(FILE);
    }
  },

  async redact(bytes, random) {
    if (random.next() > REDACTIONS) return;
    writeFileSync(FILE, bytes);
    try {
      const level = random.of(['names', 'basic', 'full']);
      const { nodeCount } = await redactSnapshot(FILE, REDACTED, { level, salt: 'of the fuzzer' });
      mustBeEqual(nodeCount, (await readHistogramFile(REDACTED)).nodeCount);
      const sums = await sumUp(FILE);
      if (sums) mustBeEqual(sums, await sumUp(REDACTED));
    } finally {
      rmSync(FILE);
      rmSync(REDACTED, { force: true });
    }
  },
};

/** Targets that may make arrays at a header's word, as long as they do not write to them. */
export const MAY_RESERVE = new Set(['graph of a stream']);

/** What a redacted copy must say as well; undefined for a file that opens as no graph: redacting puts sections in order. */
async function sumUp(file) {
  const graph = await HeapGraph.open(file).catch((error) => {
    if (!(error instanceof MemxError)) throw error;
  });
  if (!graph) return undefined;
  const { nodeCount, edgeCount, totalBytes } = graph;
  const farthest = Math.max(...Array.from({ length: nodeCount }, (_, node) => graph.distanceOf(node) ?? 0));
  graph[Symbol.dispose]();
  return `${nodeCount} nodes, ${edgeCount} edges, ${totalBytes} bytes, at most ${farthest} steps`;
}

/** Every question about every class, and about every node and its edges, or every seventh: asking takes longer than reading. */
function askAll(graph, random) {
  try {
    const step = random.of([1, 7, 7, 7]);
    for (let node = random.below(step); node < graph.nodeCount; node += step) askAbout(graph, node);
    for (const { name, count, shallowBytes, ownedBytes, retainedBytes } of graph.classes()) {
      mustBeNumbers({ [`count of ${name}`]: count, shallowBytes, ownedBytes, retainedBytes });
    }
    graph.nodeById(7);
  } finally {
    graph[Symbol.dispose]();
  }
}

function askAbout(graph, node) {
  const [type, name, kind] = [graph.typeOf(node), graph.nameOf(node), graph.kindOf(node)];
  mustBeTexts({
    type,
    name,
    kind,
    className: graph.classNameOf(node),
    detachedness: graph.detachednessOf(node),
  });
  mustBeNumbers({
    id: graph.idOf(node),
    shallowBytes: graph.shallowSizeBytes(node),
    ownedBytes: graph.ownedSizeBytes(node),
    retainedBytes: graph.retainedSizeBytes(node),
    distance: graph.distanceOf(node) ?? 0,
  });
  for (const { from, to, edge, type: edgeType, name: edgeName } of [
    ...graph.edgesOf(node),
    ...graph.retainersOf(node),
  ]) {
    mustBeNodes(graph, { from, to });
    mustBeNumbers({ edge, ...(typeof edgeName === 'number' && { edgeName }) });
    mustBeTexts({ edgeType, edgeName: String(edgeName) });
  }
  mustBeNodes(graph, { dominator: graph.dominatorOf(node), parent: graph.parentOf(node)?.from ?? 0 });
  for (const below of graph.dominatedBy(node)) mustBeNodes(graph, { below });
  const location = graph.locationOf(node);
  if (location) mustBeNumbers({ scriptId: location.scriptId, line: location.line, column: location.column });
}

/** Pieces that end in the middle of numbers, names and escapes; half of the time all at once. */
function* inPieces(bytes, random) {
  const most = random.of([bytes.length, bytes.length, 4096, 64, 7]);
  for (let from = 0; from < bytes.length; ) {
    const to = from + 1 + random.below(most);
    yield bytes.subarray(from, to);
    from = to;
  }
}

function mustBeNumbers(figures) {
  for (const [name, figure] of Object.entries(figures)) {
    if (!(Number.isFinite(figure) && figure >= 0)) throw new Error(`${name} is no size or count: ${figure}`);
  }
}

function mustBeTexts(texts) {
  for (const [name, text] of Object.entries(texts)) {
    if (typeof text !== 'string') throw new Error(`${name} is no text: ${text}`);
  }
}

function mustBeNodes(graph, nodes) {
  for (const [name, node] of Object.entries(nodes)) {
    if (!(Number.isInteger(node) && node >= 0 && node < graph.nodeCount))
      throw new Error(`${name} is no node: ${node}`);
  }
}

function mustBeEqual(value, other) {
  if (value !== other) throw new Error(`what was written differs: ${value}, ${other} read again`);
}
