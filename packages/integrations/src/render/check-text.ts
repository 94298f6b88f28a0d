import type { Confidence, SuspectSite } from '@memx/advanced';
import { formatBytes } from '@memx/core';
import Table from 'cli-table3';
import pico from 'picocolors';
import wrapAnsi from 'wrap-ansi';
import type { CheckDocument, CheckSuspect } from './check-document.js';
import { renderSource } from './source-place.js';

export interface TextOptions {
  readonly columns: number;
  readonly colors: boolean;
  /** Paths are printed relative to this folder. */
  readonly cwd: string;
}

type Colors = ReturnType<typeof pico.createColors>;

/** A check for people: the verdict, the table of what grows, where it is allocated, why, and what to do. */
export function renderCheckText(document: CheckDocument, options: TextOptions): string {
  const colors = pico.createColors(options.colors);
  const { suspects } = document;
  const parts = [renderVerdict(document, colors)];
  if (suspects.length > 0) parts.push(renderGrowthTable(suspects, options, colors));
  for (const suspect of suspects)
    parts.push(
      ...renderSuspect(suspect, {
        options,
        colors,
        alone: suspects.length === 1,
        precision: document.precision,
      }),
    );
  for (const note of document.notes) parts.push(`Note: ${note}`);
  return `${parts.map((part) => wrap(part, options.columns)).join('\n\n')}\n`;
}

function renderVerdict(document: CheckDocument, colors: Colors): string {
  const { durationMs, rounds, pauses, heap, outcome, waitMs, error, work } = document;
  const measured = `${seconds(durationMs)} on Node ${document.node}: ${rounds} rounds, paused for ${seconds(pauses.totalMs)} in all.`;
  const size = heap
    ? ` Heap after collections: ${formatBytes(heap.startHeapBytes)} → ${formatBytes(heap.endHeapBytes)}.`
    : '';
  const did = `${size}${workSentence(work)}`;
  if (error) return `${colors.yellow('Could not measure.')} ${error.message}`;
  switch (outcome) {
    case 'leak':
      return `${colors.red(colors.bold(accusation(document)))} Watched for ${measured}${did}`;
    case 'clean':
      return `${colors.green('No leak found.')} Watched for ${measured}${did}`;
    case 'undecided': {
      const again =
        waitMs === null
          ? ''
          : ` Watch it for about ${seconds(durationMs + waitMs)}: --duration ${Math.ceil((durationMs + waitMs) / 1000)}.`;
      return `${colors.yellow('Undecided.')} Watched for ${measured}${did}${again}`;
    }
  }
}

/** What a queue has that lags behind is let go of in the end: it is no leak, and as bad. */
function accusation({ suspects }: CheckDocument): string {
  return suspects[0]?.pattern === 'backlog' ? 'This program falls behind its work.' : 'This program leaks.';
}

function workSentence(work: CheckDocument['work']): string {
  if (!work) return '';
  const { unit, done, failed, perSecond } = work;
  const rate = perSecond === null ? '' : ` (${Math.round(perSecond)} a second)`;
  const were = unit === 'call' ? 'The function was called' : 'Its server was sent';
  const what =
    unit === 'call' ? `${done} times${rate}` : `${done} requests${rate}, of which ${failed} failed`;
  return ` ${were} ${what}.`;
}

const MAX_ROWS = 8;
const CONFIDENCE_WIDTH = 12;
const GROWTH_WIDTH = 34;
const BORDERS = 4;

function renderGrowthTable(
  suspects: readonly CheckSuspect[],
  { columns }: TextOptions,
  colors: Colors,
): string {
  const typeWidth = Math.max(16, Math.min(48, columns - CONFIDENCE_WIDTH - GROWTH_WIDTH - BORDERS));
  const table = new Table({
    head: ['Type', 'Growth', 'Confidence'],
    colWidths: [typeWidth, GROWTH_WIDTH, CONFIDENCE_WIDTH],
    style: { head: [], border: [], compact: true },
  });
  const rows = suspects.flatMap(growthRows);
  for (const { type, growth, confidence } of rows.slice(0, MAX_ROWS)) {
    table.push([type, growth, paint(confidence, colors)]);
  }
  const hidden = rows.length - MAX_ROWS;
  return hidden > 0
    ? `${table.toString()}\n  and ${hidden} more types (--json lists them)`
    : table.toString();
}

interface GrowthRow {
  readonly type: string;
  readonly growth: string;
  readonly confidence: Confidence;
}

/** One row per growing type, the suspect's own name first. */
function growthRows(suspect: CheckSuspect): GrowthRow[] {
  const { type, types, confidence, growthBytesPerSecond, growthInstancesPerSecond } = suspect;
  const named = types.find((row) => row.type === type);
  if (suspect.memory === 'resource') {
    return [{ type, growth: `+${(growthInstancesPerSecond ?? 0).toFixed(1)}/s`, confidence }];
  }
  if (!named) return [{ type, growth: growth(growthBytesPerSecond, growthInstancesPerSecond), confidence }];
  return [named, ...types.filter((row) => row !== named)].map((row) => ({
    type: row.type,
    growth: growth(row.growthBytesPerSecond, row.growthInstancesPerSecond),
    confidence: row.confidence,
  }));
}

function growth(bytesPerSecond: number, instancesPerSecond: number | null): string {
  const bytes = `${formatBytes(bytesPerSecond, { signed: true })}/s`;
  return instancesPerSecond === null ? bytes : `${bytes} (+${Math.round(instancesPerSecond)} objects/s)`;
}

function paint(confidence: Confidence, colors: Colors): string {
  switch (confidence) {
    case 'high':
      return colors.red('high');
    case 'medium':
      return colors.yellow('medium');
    case 'low':
      return colors.green('low');
  }
}

interface SuspectContext {
  readonly options: TextOptions;
  readonly colors: Colors;
  readonly alone: boolean;
  readonly precision: CheckDocument['precision'];
}

function renderSuspect(
  suspect: CheckSuspect,
  { options, colors, alone, precision }: SuspectContext,
): string[] {
  const of = `${alone ? '' : `: ${suspect.type}`}${suspect.thread === 0 ? '' : `, in worker thread ${suspect.thread}`}`;
  const list = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [[colors.bold(`${title}${of}`), ...lines].join('\n')];
  return [
    ...list(
      suspect.memory === 'resource'
        ? 'Where it is opened'
        : `Where it is allocated (bytes still alive; ${LINE_MEANS[precision]})`,
      siteLines(suspect.sites, options),
    ),
    ...list('What it carries of your code', carriesLines(suspect, options)),
    ...list('How fast', growthPerUnit(suspect)),
    ...list('What holds it', suspect.path === null ? [] : pathLines(suspect.path, options.columns)),
    ...list(
      'Why memx believes it',
      suspect.evidence.map((sentence) => `  ${sentence}`),
    ),
    ...list('What to do', [`  ${suspect.recommendation}`]),
  ];
}

function growthPerUnit({
  growthBytesPerRequest,
  growthBytesPerCall,
  growthBytesPerSecond,
}: CheckSuspect): string[] {
  const perSecond = `${formatBytes(growthBytesPerSecond, { signed: true })}/s`;
  if (growthBytesPerRequest !== undefined)
    return [
      `  ${formatBytes(growthBytesPerRequest, { signed: true })} per request, ${perSecond} at this load`,
    ];
  if (growthBytesPerCall !== undefined)
    return [`  ${formatBytes(growthBytesPerCall, { signed: true })} per call, ${perSecond} at this pace`];
  return [];
}

const LINE_MEANS: Readonly<Record<CheckDocument['precision'], string>> = {
  line: 'your code by line, other code by where the function starts',
  function: 'a line is where its function starts',
};

function siteLines(sites: readonly SuspectSite[], { cwd }: TextOptions): string[] {
  return sites.map((site) => {
    const whose = site.origin === 'own' ? 'your code' : (site.package ?? 'Node');
    const size = site.sizeBytes === 0 ? '' : formatBytes(site.sizeBytes); // what was opened has none
    return `  ${size.padStart(9)}  ${renderSource(site, cwd)}  ${site.functionName}  (${whose})`;
  });
}

/** A listener or a handler: where nothing of the program allocates what stays, it tells whose it is. */
function carriesLines({ carries }: CheckSuspect, { cwd }: TextOptions): string[] {
  return carries === null
    ? []
    : [`  ${renderSource({ ...carries, package: null }, cwd)}  ${carries.functionName}`];
}

const MAX_STEPS = 10;

/** From the root to what leaks: one step a line, the middle of a long way left out. */
function pathLines(path: readonly string[], columns: number): string[] {
  const hidden = path.length - MAX_STEPS;
  const steps =
    hidden > 1 ? [...path.slice(0, 2), `… ${hidden} more`, ...path.slice(-(MAX_STEPS - 2))] : path;
  return steps.map((step, depth) => {
    const line = `  ${depth === 0 ? '' : '› '}${step}`;
    return line.length > columns ? `${line.slice(0, columns - 1)}…` : line;
  });
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** Wraps prose at words, with the line's own indent; lines of a table or a list of places stay whole. */
function wrap(text: string, columns: number): string {
  return text
    .split('\n')
    .map((line) => (/[│─]|:\d+ {2}/.test(line) ? line : wrapLine(line, columns)))
    .join('\n');
}

function wrapLine(line: string, columns: number): string {
  const indent = /^ */.exec(line)?.[0] ?? '';
  return wrapAnsi(line.trim(), columns - indent.length).replace(/^/gm, indent);
}
