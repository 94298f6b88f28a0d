import type { Accumulation, HeldType } from '../../explain/accumulations.js';
import type { PathWords } from '../../explain/path-words.js';
import { retainingPath } from '../../explain/retaining-path.js';
import { handlesWord } from '../../explain/root-words.js';
import type { ScriptFiles } from '../../explain/script-files.js';
import { isPart } from '../../explain/storage.js';
import type { TellingPaths } from '../../explain/telling-paths.js';
import type { HeapGraph } from '../../graph/heap-graph.js';
import type { OwnFunction, TypeGrowth } from '../leak-report.js';
import { headlineOfPlace } from './headline-of-place.js';
import { ownFunctionOf, stepsToCode } from './steps-to-code.js';

/** The last snapshot of a watch, and what it was read for. */
export interface ExplainedHeap {
  readonly graph: HeapGraph;
  readonly paths: TellingPaths;
  readonly files: ScriptFiles;
  readonly words: PathWords;
  readonly accumulations: readonly Accumulation[];
  /** The least id of what was born after the first of the three readings. */
  readonly readAtId: number;
  /** When the span began in which the settled objects were born, how long it was, and the time of the watch before it. */
  readonly bornFromMs: number;
  readonly spanMs: number;
  readonly beforeMs: number;
}

/** A place that goes on gathering objects. */
export interface LeakingPlace {
  readonly accumulation: Accumulation;
  /** What it gathers, where that has a name. */
  readonly headline: HeldType | null;
  readonly path: readonly string[];
  /** What gathers, in words. */
  readonly holder: string;
  /** What one of the gathered objects carries of the program. */
  readonly carries: OwnFunction | null;
}

/** A holder that has less of what settled than this is a bystander. */
const LEAST_SHARE = 0.1;
/** Of what the time before the span would have left at the same pace: a window that slides has left nothing. */
const LEAST_OLDER_SHARE = 0.2;
/** Of those that are all small, so many are looked at for whether they are alike. */
const MOST_MERGED = 500;
const OWNERS_SHARE = 0.5;
/** So much of a path's end tells one leak from another. */
export const PATH_TAIL = 4;

/** The places that gather what grows, most bytes first; ten instances of one class that each gather are one. */
export function findPlaces(heap: ExplainedHeap, growing: readonly TypeGrowth[]): LeakingPlace[] {
  const gathering = chooseLeaking(heap, growing);
  const total = gathering.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const isLarge = ({ sizeBytes }: Accumulation) => sizeBytes >= total * LEAST_SHARE;
  const large = gathering.filter(isLarge);
  const places = (large.length > 0 ? large : gathering.slice(0, MOST_MERGED)).map((one) =>
    toPlace(one, heap),
  );
  const merged = mergeAlike(places);
  const told = merged.filter(({ accumulation }) => isLarge(accumulation));
  if (told.length > 0 || gathering.length === 0) return told;
  return [toPlace(gatherAbove(gathering, heap), heap)];
}

/**
 * Places that go on gathering: they hold what settled, and what is older as well; and of types that grow, where these are
 * known. A condition that none fulfils is dropped.
 */
function chooseLeaking(
  { accumulations, spanMs, beforeMs }: ExplainedHeap,
  growing: readonly TypeGrowth[],
): readonly Accumulation[] {
  const grows = new Set(growing.map(({ kind, type }) => `${kind}:${type}`));
  const ofGrowing = preferSome(accumulations, ({ types }) =>
    types.some(({ kind, type }) => grows.has(`${kind}:${type}`)),
  );
  return preferSome(
    ofGrowing,
    ({ sizeBytes, olderBytes }) => olderBytes >= sizeBytes * (beforeMs / spanMs) * LEAST_OLDER_SHARE,
  );
}

/**
 * A tree gathers in all its nodes, and none of them has much: then its owner does, the deepest object below which there
 * is half of it all (as the nodes that gather most show).
 */
function gatherAbove(gathering: readonly Accumulation[], { graph, paths }: ExplainedHeap): Accumulation {
  const below = new Map<number, { sizeBytes: number; depth: number }>();
  let total = 0;
  for (const { holder, sizeBytes } of gathering.slice(0, MOST_MERGED)) {
    total += sizeBytes;
    const way = retainingPath(paths, holder);
    for (const [depth, { node }] of way.entries()) {
      const entry = below.get(node) ?? { sizeBytes: 0, depth };
      below.set(node, entry);
      entry.sizeBytes += sizeBytes;
    }
  }
  const [first] = gathering as readonly [Accumulation, ...Accumulation[]];
  let owner = first.holder;
  let deepest = -1;
  for (const [node, { sizeBytes, depth }] of below) {
    if (sizeBytes < total * OWNERS_SHARE || depth <= deepest || isPart(graph, node)) continue;
    owner = node;
    deepest = depth;
  }
  return { ...gathering.reduce(add), holder: owner, entry: first.entry };
}

function preferSome<Item>(items: readonly Item[], isWanted: (item: Item) => boolean): readonly Item[] {
  const wanted = items.filter(isWanted);
  return wanted.length > 0 ? wanted : items;
}

function toPlace(accumulation: Accumulation, { graph, paths, files, words }: ExplainedHeap): LeakingPlace {
  const handles = handlesWord(graph.nameOf(accumulation.holder));
  const headline = headlineOfPlace(handles === null ? accumulation : withoutHandles(accumulation));
  const target = headline?.example ?? accumulation.entry;
  return {
    accumulation,
    headline,
    path: words.describe([...retainingPath(paths, target), ...stepsToCode(graph, files, target)]),
    carries: ownFunctionOf(graph, files, target),
    holder: handles ?? sayHolder(words.describe(retainingPath(paths, accumulation.holder))),
  };
}

/** The end of the path to it: one word, or two where the last only says what it is (`Object`). */
function sayHolder(path: readonly string[]): string {
  const saysWhich = path.length <= 2 || !/^(Object|Array|Map|Set)$/.test(path.at(-1) ?? '');
  return path.slice(saysWhich ? -1 : -2).join(' › ');
}

/** A handle's own class (`TCP`) says no more than that it is open. */
function withoutHandles(accumulation: Accumulation): Accumulation {
  const types = accumulation.types.filter(({ depth }) => depth > 1);
  return types.length > 0 ? { ...accumulation, types } : accumulation;
}

function mergeAlike(places: readonly LeakingPlace[]): LeakingPlace[] {
  const merged = new Map<string, LeakingPlace>();
  for (const place of places) {
    const key = place.path.slice(-PATH_TAIL).join('\n');
    const same = merged.get(key);
    merged.set(key, same ? { ...same, accumulation: add(same.accumulation, place.accumulation) } : place);
  }
  return [...merged.values()].sort((a, b) => b.accumulation.sizeBytes - a.accumulation.sizeBytes);
}

function add(a: Accumulation, b: Accumulation): Accumulation {
  const types = new Map(a.types.map((row) => [`${row.kind}:${row.type}`, row]));
  for (const row of b.types) {
    const key = `${row.kind}:${row.type}`;
    const same = types.get(key);
    types.set(
      key,
      same
        ? {
            ...row,
            count: row.count + same.count,
            sizeBytes: row.sizeBytes + same.sizeBytes,
            depth: Math.min(row.depth, same.depth),
          }
        : row,
    );
  }
  return {
    ...a,
    count: a.count + b.count,
    sizeBytes: a.sizeBytes + b.sizeBytes,
    olderBytes: a.olderBytes + b.olderBytes,
    entryCount: a.entryCount + b.entryCount,
    types: [...types.values()].sort((x, y) => y.sizeBytes - x.sizeBytes),
  };
}
