import type { Accumulation } from '../../explain/accumulations.js';
import { fingerprintOfPath } from '../../explain/path-fingerprint.js';
import { retainingPath } from '../../explain/retaining-path.js';
import { handlesWord } from '../../explain/root-words.js';
import type { HeapGraph } from '../../graph/heap-graph.js';
import type { LeakSuspect } from '../leak-report.js';
import { type ExplainedHeap, PATH_TAIL } from './leaking-places.js';

/** What owns memory outside of V8's heap, by the names of its classes. */
const OWNERS = /^(\w*Array|Buffer|FastBuffer|(Shared)?ArrayBuffer|DataView|JSArrayBufferData)$/;
const WASM_MEMORY = /^(WebAssembly\.)?Memory$/;
const BUFFER = /^(Shared)?ArrayBuffer$/;

/** The suspect with the path to what holds its memory, where the snapshot has it. */
export function describeOutside(suspect: LeakSuspect, heap: ExplainedHeap): LeakSuspect {
  const found = /WebAssembly/.test(suspect.type) ? findWasmMemory(heap) : findOwner(heap);
  if (!found) return suspect;
  const { graph, paths, words } = heap;
  const path = words.describe(retainingPath(paths, found.entry));
  const holder =
    handlesWord(graph.nameOf(found.holder)) ??
    words.describe(retainingPath(paths, found.holder)).at(-1) ??
    '(root)';
  return {
    ...suspect,
    path,
    fingerprint: fingerprintOfPath(path.slice(-PATH_TAIL)),
    recommendation: `${suspect.recommendation} It is kept by ${holder}.`,
  };
}

interface Found {
  readonly entry: number;
  readonly holder: number;
}

/** Of the places that gather, the one with most of such objects. */
function findOwner({ accumulations }: ExplainedHeap): Found | null {
  const ownersIn = ({ types }: Accumulation) =>
    types.reduce((sum, { type, count }) => (OWNERS.test(type) ? sum + count : sum), 0);
  return accumulations.reduce<Accumulation | null>(
    (most, next) => (ownersIn(next) > (most ? ownersIn(most) : 0) ? next : most),
    null,
  );
}

/** A memory that grows is as old as its module: the largest of those that have bytes, as their prototype has not. */
function findWasmMemory({ graph, paths }: ExplainedHeap): Found | null {
  let largest: Found | null = null;
  let mostBytes = -1;
  for (let node = 0; node < graph.nodeCount; node++) {
    if (graph.typeOf(node) !== 'object' || !WASM_MEMORY.test(graph.nameOf(node))) continue;
    const sizeBytes = bufferBytesOf(graph, node);
    const parent = paths.parentOf(node);
    if (sizeBytes === null || sizeBytes <= mostBytes || !parent) continue;
    largest = { entry: node, holder: parent.from };
    mostBytes = sizeBytes;
  }
  return largest;
}

/** Of the ArrayBuffer that a memory shows; null for what has none. */
function bufferBytesOf(graph: HeapGraph, memory: number): number | null {
  let sizeBytes: number | null = null;
  graph.forEachEdge(memory, (_edge, to) => {
    if (!BUFFER.test(graph.nameOf(to)) || graph.typeOf(to) !== 'object') return;
    sizeBytes ??= 0;
    graph.forEachEdge(to, (_part, part) => {
      sizeBytes = Math.max(sizeBytes ?? 0, graph.shallowSizeBytes(part));
    });
  });
  return sizeBytes;
}
