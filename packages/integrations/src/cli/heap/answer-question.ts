import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import {
  type ClassRow,
  compareHeaps,
  countUnheld,
  findAccumulationPoints,
  findDuplicateStrings,
  findLargestObjects,
  type GraphProgress,
  groupByPath,
  HeapExplainer,
  HeapGraph,
  heldAlone,
  listRetainers,
  matchName,
  matchObjects,
  type ObjectFilter,
  type SnapshotSource,
  sumPackages,
} from '@memx/advanced';
import { formatBytes, MemxError } from '@memx/core';
import type * as Documents from '../../render/heap/heap-documents.js';
import type { HeapQuestion } from './heap-question.js';

type Tell = (progress: string) => void;

const MOST_ACCUMULATIONS = 5;
const MOST_TEXT = 200;
const MOST_HELD = 3;

/** @throws MemxError when a file cannot be read, or nothing in it is what was asked for */
export async function answerQuestion(question: HeapQuestion, tell: Tell): Promise<Documents.HeapDocument> {
  if (question.kind === 'diff') return await answerDiff(question, tell);
  const { file } = question;
  using graph = await HeapGraph.open(sourceOf(file), { onProgress: (step) => tell(describeStep(step)) });
  tell('looking at the graph');
  const explainer = new HeapExplainer(graph);
  switch (question.kind) {
    case 'summary':
      return answerSummary(explainer, question);
    case 'types':
      return answerTypes(explainer, question);
    case 'retainers':
      return answerRetainers(explainer, question);
    case 'paths':
      return answerPaths(explainer, question);
    case 'dominators':
      return answerDominators(explainer, question);
    case 'strings':
      return answerStrings(explainer, question);
  }
}

type Asked<Kind extends HeapQuestion['kind']> = Extract<HeapQuestion, { kind: Kind }>;

async function answerDiff(
  { files, top, minGrowth }: Asked<'diff'>,
  tell: Tell,
): Promise<Documents.HeapDiffDocument> {
  const comparison = await compareHeaps(files.map(sourceOf), {
    top,
    minGrowth,
    onProgress: (step) => tell(`${basename(files[step.heap] ?? '')}: ${describeStep(step)}`),
  });
  return { schema: 'memx.snapshot-diff/1', files, ...comparison };
}

function answerSummary(explainer: HeapExplainer, { file, top }: Asked<'summary'>): Documents.SummaryDocument {
  const { graph } = explainer;
  const { count, sizeBytes, wastedBytes } = findDuplicateStrings(graph, { top: 1 });
  return {
    schema: 'memx.snapshot-summary/1',
    file,
    nodeCount: graph.nodeCount,
    edgeCount: graph.edgeCount,
    totalBytes: graph.totalBytes,
    accumulations: findAccumulationPoints(explainer, { top: MOST_ACCUMULATIONS }),
    types: typesOf(graph).slice(0, top),
    packages: sumPackages(explainer),
    strings: { count, sizeBytes, wastedBytes },
    unheld: countUnheld(explainer),
  };
}

function answerTypes(
  { graph }: HeapExplainer,
  { file, top, filter }: Asked<'types'>,
): Documents.TypesDocument {
  const isWanted = filter.type === undefined ? () => true : matchName(filter.type);
  const types = typesOf(graph).filter(
    ({ name, retainedBytes }) => isWanted(name) && retainedBytes >= (filter.minSizeBytes ?? 0),
  );
  return {
    schema: 'memx.snapshot-types/1',
    file,
    totalBytes: graph.totalBytes,
    types: types.slice(0, top),
    typeCount: types.length,
  };
}

function answerRetainers(
  explainer: HeapExplainer,
  { file, top, filter }: Asked<'retainers'>,
): Documents.RetainersDocument {
  const { graph } = explainer;
  const matches = matchObjects(explainer, filter);
  const node = findLargestObjects(graph, { top: 1, matches })[0];
  if (node === undefined) throw nothingMatches(filter);
  const retainers = listRetainers(explainer, node);
  return {
    schema: 'memx.snapshot-retainers/1',
    file,
    object: explainer.describe(node),
    matchCount: countMatches(graph, matches),
    path: explainer.pathTo(node),
    retainers: retainers.slice(0, top),
    retainerCount: retainers.length,
  };
}

/** Roots are no objects. */
function typesOf(graph: HeapGraph): readonly ClassRow[] {
  return graph.classes().filter(({ kind }) => kind !== 'synthetic');
}

function countMatches(graph: HeapGraph, matches: (node: number) => boolean): number {
  let count = 0;
  for (let node = 0; node < graph.nodeCount; node++) if (matches(node)) count += 1;
  return count;
}

function answerPaths(
  explainer: HeapExplainer,
  { file, top, filter }: Asked<'paths'>,
): Documents.PathsDocument {
  const { graph } = explainer;
  const { groups, count, unheldCount } = groupByPath(explainer, matchObjects(explainer, filter));
  if (count === 0) throw nothingMatches(filter);
  return {
    schema: 'memx.snapshot-paths/1',
    file,
    totalBytes: graph.totalBytes,
    groups: groups.slice(0, top).map((group) => ({ ...group, largest: explainer.describe(group.example) })),
    groupCount: groups.length,
    matchCount: count,
    unheldCount,
  };
}

function answerDominators(
  explainer: HeapExplainer,
  { file, top, filter }: Asked<'dominators'>,
): Documents.DominatorsDocument {
  const { graph } = explainer;
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  const nodes = isFiltered
    ? findLargestObjects(graph, { top, matches: matchObjects(explainer, filter) })
    : findLargestObjects(graph, { top: top * LINKS })
        .filter((node) => !isLink(graph, node))
        .slice(0, top);
  if (nodes.length === 0) throw nothingMatches(filter);
  return {
    schema: 'memx.snapshot-dominators/1',
    file,
    totalBytes: graph.totalBytes,
    entries: nodes.map((node) => describeDominator(explainer, node)),
  };
}

/** So many objects may hang one on the other before one that tells something. */
const LINKS = 8;
const LINK_SHARE = 0.9;

/** Whether nearly all that an object retains hangs on one other, which is listed itself. */
function isLink(graph: HeapGraph, node: number): boolean {
  return heldAlone(graph, node).some(
    (below) => graph.retainedSizeBytes(below) >= graph.retainedSizeBytes(node) * LINK_SHARE,
  );
}

function describeDominator(explainer: HeapExplainer, node: number): Documents.DominatorEntry {
  const { graph } = explainer;
  const held = heldAlone(graph, node).sort((a, b) => graph.retainedSizeBytes(b) - graph.retainedSizeBytes(a));
  return {
    object: explainer.describe(node),
    heapShare: graph.retainedSizeBytes(node) / graph.totalBytes,
    path: explainer.pathTo(node),
    held: held.slice(0, MOST_HELD).map((below) => explainer.describe(below)),
    heldCount: held.length,
  };
}

function answerStrings(
  explainer: HeapExplainer,
  { file, top, minSizeBytes, withText }: Asked<'strings'>,
): Documents.StringsDocument {
  const { graph } = explainer;
  const found = findDuplicateStrings(graph, { top, minSizeBytes });
  return {
    schema: 'memx.snapshot-strings/1',
    file,
    ...found,
    rows: found.rows.map(({ example, ...row }) => ({
      ...row,
      exampleId: graph.idOf(example),
      path: explainer.pathTo(example),
      text: withText ? graph.nameOf(example).slice(0, MOST_TEXT) : null,
    })),
  };
}

function sourceOf(file: string): SnapshotSource {
  return file === '-' ? createReadStream('', { fd: 0, autoClose: false, highWaterMark: 1 << 20 }) : file;
}

function describeStep({ phase, done, total }: GraphProgress): string {
  if (phase !== 'read') return phase;
  return total === null ? `${formatBytes(done)} read` : `reading ${Math.floor((100 * done) / total)} %`;
}

function nothingMatches(filter: ObjectFilter): MemxError {
  return new MemxError('ERR_MEMX_INVALID_OPTION', {
    what: 'No object in the snapshot matches',
    value: filter,
    remedy: 'memx snapshot types lists the names that --type takes; ids are those that memx prints.',
  });
}
