import { findAccumulations } from '../../explain/accumulations.js';
import { PathWords } from '../../explain/path-words.js';
import { ScriptFiles } from '../../explain/script-files.js';
import { TellingPaths } from '../../explain/telling-paths.js';
import { HeapGraph } from '../../graph/heap-graph.js';
import type { LeakEvidence, ThreadEvidence } from '../evidence.js';
import { bySureness } from '../judge/sureness.js';
import type { LeakReport, LeakSuspect } from '../leak-report.js';
import { describeHolder } from './describe-holder.js';
import { describeOutside } from './describe-outside.js';
import { describePlace } from './describe-place.js';
import { type ExplainedHeap, findPlaces, type LeakingPlace } from './leaking-places.js';

const MAX_SUSPECTS = 4;
/** Places that hold less than this share of what grew are not where it goes: better no path than a wrong one. */
const LEAST_EXPLAINED = 0.02;

/**
 * Says who holds what leaks: suspects on V8's heap become one for each place that gathers objects, with the path to it;
 * those of memory outside of it get the path to what owns it. Reads the snapshots that the watch kept; a suspect of a
 * thread without one stays as it is. The verdict stands without its paths: why a snapshot could not be read is said in the
 * notes.
 *
 * Cost: the graph of each snapshot (see {@link HeapGraph}), in the calling thread.
 *
 * @throws MemxError `ERR_MEMX_ABORTED` when `signal` says so
 */
export async function explainLeaks(
  report: LeakReport,
  evidence: LeakEvidence,
  options: { readonly signal?: AbortSignal } = {},
): Promise<LeakReport> {
  const suspects: LeakSuspect[] = [];
  const notes = [...report.notes];
  for (const thread of evidence.threads) {
    const ofThread = report.suspects.filter((suspect) => suspect.thread === thread.thread);
    try {
      suspects.push(...(await explainThread(ofThread, thread, options)));
    } catch (error) {
      if (options.signal?.aborted) throw error;
      suspects.push(...ofThread);
      notes.push(`What holds the objects was not found: ${error instanceof Error ? error.message : error}`);
    }
  }
  return { ...report, suspects: suspects.sort(bySureness), notes };
}

async function explainThread(
  suspects: readonly LeakSuspect[],
  thread: ThreadEvidence,
  options: { readonly signal?: AbortSignal },
): Promise<LeakSuspect[]> {
  const [first, second] = thread.types.slice(-3);
  const isWorthIt = suspects.some(
    ({ confidence, memory }) => confidence !== 'low' && (memory === 'heap' || memory === 'external'),
  );
  if (!thread.snapshot || !first || !second || !isWorthIt) return [...suspects];
  using graph = await HeapGraph.open(thread.snapshot.file, options);
  const paths = new TellingPaths(graph, { youngFromId: thread.snapshot.settledFromId });
  const files = new ScriptFiles(graph);
  const heap: ExplainedHeap = {
    graph,
    paths,
    files,
    words: new PathWords(graph, files),
    accumulations: findAccumulations(graph, { paths, span: thread.snapshot }),
    readAtId: thread.snapshot.settledFromId,
    bornFromMs: first.timeMs,
    spanMs: second.timeMs - first.timeMs,
    beforeMs: first.timeMs - (thread.rounds[0]?.timeMs ?? 0),
  };
  return suspects.flatMap((suspect) =>
    suspect.confidence === 'low' ? [suspect] : explain(suspect, thread, heap),
  );
}

function explain(suspect: LeakSuspect, thread: ThreadEvidence, heap: ExplainedHeap): LeakSuspect[] {
  if (suspect.memory === 'external') return [describeOutside(suspect, heap)];
  if (suspect.memory !== 'heap') return [suspect];
  if (suspect.pattern !== 'kept') return [describeHolder(suspect, heap)];
  const places = findPlaces(heap, suspect.types).slice(0, MAX_SUSPECTS);
  if (places.length === 0 || heldBytes(places) < grownBytes(suspect, heap.spanMs) * LEAST_EXPLAINED)
    return [suspect];
  const { bornFromMs, spanMs } = heap;
  return places.map((place) =>
    describePlace(suspect, { place, places, thread, bornFromMs, bornBeforeMs: bornFromMs + spanMs }),
  );
}

function heldBytes(places: readonly LeakingPlace[]): number {
  return places.reduce((sum, { accumulation }) => sum + accumulation.sizeBytes, 0);
}

function grownBytes({ types }: LeakSuspect, spanMs: number): number {
  const bytesPerSecond = types.reduce(
    (sum, { growthBytesPerSecond }) => sum + Math.max(0, growthBytesPerSecond),
    0,
  );
  return (bytesPerSecond * spanMs) / 1000;
}
