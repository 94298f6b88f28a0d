import type { Accumulation } from '../../explain/accumulations.js';
import { fingerprintOfPath } from '../../explain/path-fingerprint.js';
import { retainingPath } from '../../explain/retaining-path.js';
import type { LeakSuspect } from '../leak-report.js';
import { type ExplainedHeap, PATH_TAIL } from './leaking-places.js';

/** What owns memory outside of V8's heap, by the names of its classes. */
const OWNERS = /^(\w*Array|Buffer|FastBuffer|(Shared)?ArrayBuffer|DataView|JSArrayBufferData)$/;
const WASM_MEMORY = /^(WebAssembly\.)?Memory$/;

/** The suspect with the path to what holds its memory, where the snapshot has it. */
export function describeOutside(suspect: LeakSuspect, heap: ExplainedHeap): LeakSuspect {
  const found = /WebAssembly/.test(suspect.type) ? findWasmMemory(heap) : findOwner(heap);
  if (!found) return suspect;
  const { paths, words } = heap;
  const path = words.describe(retainingPath(paths, found.entry));
  const holder = words.describe(retainingPath(paths, found.holder)).at(-1) ?? '(root)';
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

/** A memory that grows is as old as its module. */
function findWasmMemory({ graph, paths }: ExplainedHeap): Found | null {
  for (let node = 0; node < graph.nodeCount; node++) {
    if (graph.typeOf(node) !== 'object' || !WASM_MEMORY.test(graph.nameOf(node))) continue;
    const parent = paths.parentOf(node);
    if (parent) return { entry: node, holder: parent.from };
  }
  return null;
}
