import { formatBytes } from '@memx/core';
import { type Accumulation, findAccumulations } from '../explain/accumulations.js';
import { fingerprintOfPath } from '../explain/path-fingerprint.js';
import { PathWords } from '../explain/path-words.js';
import { retainingPath } from '../explain/retaining-path.js';
import { ScriptFiles } from '../explain/script-files.js';
import { TellingPaths } from '../explain/telling-paths.js';
import { HeapGraph } from '../graph/heap-graph.js';
import type { NodeKind } from '../snapshot/node-naming.js';
import type { LeakEvidence, ThreadEvidence } from './evidence.js';
import { headlineType } from './judge/headline-type.js';
import { bySureness } from './judge/merge-reports.js';
import { recommend } from './judge/recommend.js';
import type { LeakReport, LeakSuspect, SuspectSite, TypeGrowth } from './leak-report.js';

/** A holder that has less of what settled than this is a bystander. */
const LEAST_SHARE = 0.1;
const MAX_SUSPECTS = 4;
/** Of what the time before the span would have left at the same pace: a window that slides has left nothing. */
const LEAST_OLDER_SHARE = 0.2;
/** So much of a path's end tells one leak from another. */
const TAIL = 4;

/**
 * Says who holds what leaks: suspects on V8's heap become one for each place that gathers objects, with the path to it.
 * Reads the snapshots that the watch kept; a suspect of a thread without one stays as it is.
 *
 * Cost: the graph of each snapshot (see {@link HeapGraph}), in the calling thread.
 */
export async function explainLeaks(
  report: LeakReport,
  evidence: LeakEvidence,
  options: { readonly signal?: AbortSignal } = {},
): Promise<LeakReport> {
  const suspects: LeakSuspect[] = [];
  for (const suspect of report.suspects) {
    const thread = evidence.threads.find((seen) => seen.thread === suspect.thread);
    const explained =
      thread && suspect.memory === 'heap' && suspect.confidence !== 'low'
        ? await explainSuspect(suspect, thread, options)
        : [];
    suspects.push(...(explained.length > 0 ? explained : [suspect]));
  }
  return { ...report, suspects: suspects.sort(bySureness) };
}

interface Place {
  readonly accumulation: Accumulation;
  readonly path: readonly string[];
  /** What gathers, in words: the last but some of the path. */
  readonly holder: string;
}

async function explainSuspect(
  suspect: LeakSuspect,
  { snapshot, types, rounds }: ThreadEvidence,
  options: { readonly signal?: AbortSignal },
): Promise<LeakSuspect[]> {
  const [first, second] = types.slice(-3);
  if (!snapshot || !first || !second) return [];
  using graph = await HeapGraph.open(snapshot.file, options);
  const paths = new TellingPaths(graph);
  const words = new PathWords(graph, new ScriptFiles(graph));
  const startMs = rounds[0]?.timeMs ?? 0;
  const accumulations = chooseLeaking(findAccumulations(graph, { paths, span: snapshot }), {
    spanMs: second.timeMs - first.timeMs,
    beforeMs: first.timeMs - startMs,
  });
  const places = mergeAlike(
    accumulations.map((accumulation) => ({
      accumulation,
      path: words.describe(retainingPath(paths, accumulation.entry)),
      holder: words.describe(retainingPath(paths, accumulation.holder)).at(-1) ?? '(root)',
    })),
  );
  const spanSeconds = (second.timeMs - first.timeMs) / 1000;
  return places
    .slice(0, MAX_SUSPECTS)
    .map((place) =>
      describePlace(suspect, { place, sites: sitesFor(place, places, suspect.sites), spanSeconds }),
    );
}

/** Places that go on gathering: they hold what settled, and what is older as well. All of them, when none is left. */
function chooseLeaking(
  accumulations: readonly Accumulation[],
  { spanMs, beforeMs }: { readonly spanMs: number; readonly beforeMs: number },
): readonly Accumulation[] {
  const total = sumOf(accumulations.map(({ sizeBytes }) => sizeBytes));
  const large = accumulations.filter(({ sizeBytes }) => sizeBytes >= total * LEAST_SHARE);
  const gathering = large.filter(
    ({ sizeBytes, olderBytes }) => olderBytes >= sizeBytes * (beforeMs / spanMs) * LEAST_OLDER_SHARE,
  );
  return gathering.length > 0 ? gathering : large;
}

/** Ten instances of one class that each gather are one leak. */
function mergeAlike(places: readonly Place[]): Place[] {
  const merged = new Map<string, Place>();
  for (const place of places) {
    const key = place.path.slice(-TAIL).join('\n');
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
      same ? { ...row, count: row.count + same.count, sizeBytes: row.sizeBytes + same.sizeBytes } : row,
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

/** With several places, each gets the sites whose files its path goes through; one that has none gets all. */
function sitesFor(
  place: Place,
  places: readonly Place[],
  sites: readonly SuspectSite[],
): readonly SuspectSite[] {
  if (places.length === 1) return sites;
  const matches = ({ path }: Place, site: SuspectSite) =>
    path.some(
      (word) =>
        word.includes(lastPartOf(site.filename)) || (site.package !== null && word.includes(site.package)),
    );
  const own = sites.filter((site) => matches(place, site));
  return own.some((site) => !places.every((other) => matches(other, site))) ? own : sites;
}

function lastPartOf(filename: string): string {
  return filename.split(/[\\/]/).slice(-2).join('/');
}

interface PlaceOptions {
  readonly place: Place;
  readonly sites: readonly SuspectSite[];
  readonly spanSeconds: number;
}

function describePlace(suspect: LeakSuspect, { place, sites, spanSeconds }: PlaceOptions): LeakSuspect {
  const { accumulation, path, holder } = place;
  const types = accumulation.types.map(
    ({ kind, type, count, sizeBytes }): TypeGrowth => ({
      kind: kind as NodeKind,
      type,
      growthBytesPerSecond: sizeBytes / spanSeconds,
      growthInstancesPerSecond: count / spanSeconds,
      settledInstances: count,
      confidence: suspect.confidence,
    }),
  );
  const headline = headlineType(types);
  return {
    ...suspect,
    type: headline?.type ?? suspect.type,
    growthBytesPerSecond: accumulation.sizeBytes / spanSeconds,
    growthInstancesPerSecond: headline?.growthInstancesPerSecond ?? null,
    types,
    sites,
    path,
    fingerprint: fingerprintOfPath(path.slice(-TAIL)),
    recommendation: recommend(headline, sites, holder),
    evidence: [
      ...suspect.evidence,
      `${accumulation.count} of the objects that stay (${formatBytes(accumulation.sizeBytes)}) are held by ${holder}.`,
    ],
  };
}

const sumOf = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
