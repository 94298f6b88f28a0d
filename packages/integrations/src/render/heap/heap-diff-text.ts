import type { GrowingPath, TypeGrowthRow } from '@memx/advanced';
import { formatBytes } from '@memx/core';
import wrapAnsi from 'wrap-ansi';
import type { HeapDiffDocument } from './heap-documents.js';
import type { HeapTextContext } from './heap-text-options.js';
import { renderPath } from './path-lines.js';
import { formatCount, formatGrowth, renderTable } from './plain-table.js';

/** Of the bytes by which paths grew, what has less is told only in JSON. */
const LEAST_SHARE = 0.02;
const MOST_TYPES = 4;

export function renderHeapDiff(document: HeapDiffDocument, context: HeapTextContext): string[] {
  const { paths } = document;
  const total = paths.reduce((sum, { grownBytes }) => sum + grownBytes, 0);
  const shown = paths.filter(({ grownBytes }) => grownBytes >= total * LEAST_SHARE);
  const hidden = paths.length - shown.length;
  const { bold } = context.paint;
  return [
    renderTitle(document, context),
    renderTypeGrowth(document, context),
    bold(shown.length === 0 ? 'No path gathers objects.' : 'Where objects gather'),
    ...shown.map((path) => renderGrowingPath(path, context)),
    hidden > 0 ? `and ${hidden} smaller (--json lists them)` : '',
    renderCohorts(document, context),
  ];
}

function renderTitle(
  { files, heaps, isSameProcess }: HeapDiffDocument,
  { columns }: HeapTextContext,
): string {
  const lines = heaps.map(
    ({ totalBytes, nodeCount }, index) =>
      `${formatBytes(totalBytes).padStart(11)} in ${formatCount(nodeCount)} objects  ${files[index]}`,
  );
  const how = isSameProcess
    ? 'Of one process: objects are told apart by when they were born.'
    : 'Of several processes, or of separate sessions: compared by names and paths.';
  return [...lines, wrapAnsi(how, columns)].join('\n');
}

function renderTypeGrowth({ types }: HeapDiffDocument, { columns, paint }: HeapTextContext): string {
  const grown = types.filter((row) => grownBy(row.shallowBytes) > 0);
  const shown = grown.slice(0, MOST_ROWS);
  const table = renderTable(
    {
      columns: [
        ['Objects', 10],
        ['Growth', 10],
        ['Own size', 12],
        ['Retained', 12],
      ],
      heading: 'Type that grew',
      rows: shown.map((row: TypeGrowthRow) => ({
        cells: [
          formatCount(row.counts.at(-1) ?? 0),
          formatGrowth(grownBy(row.counts)),
          formatBytes(grownBy(row.shallowBytes), { signed: true }),
          formatBytes(grownBy(row.retainedBytes), { signed: true }),
        ],
        text: row.type,
      })),
    },
    { width: columns, bold: paint.bold },
  );
  return grown.length > shown.length ? `${table}\nand ${grown.length - shown.length} more types` : table;
}

const MOST_ROWS = 10;

function renderGrowingPath(growing: GrowingPath, { columns, paint }: HeapTextContext): string {
  const { path, counts, grownBytes, shareBytes, types, type } = growing;
  const [first, ...others] = [...types].sort((a, b) => Number(b.type === type) - Number(a.type === type));
  const made = [first, ...others]
    .slice(0, MOST_TYPES)
    .flatMap((row) => (row ? [`${formatGrowth(row.grownCount)} ${row.type}`] : []));
  const more = types.length > MOST_TYPES ? ', …' : '';
  return [
    wrapAnsi(
      `${paint.yellow(formatBytes(grownBytes, { signed: true }))}: ${made.join(', ')}${more}. ${counts.map(formatCount).join(' → ')} ${type}; ${formatBytes(shareBytes)} would go with them.`,
      columns,
    ),
    ...renderPath(path, { columns, indent: '  ' }),
  ].join('\n');
}

function renderCohorts({ cohorts, files }: HeapDiffDocument, { columns, paint }: HeapTextContext): string {
  if (cohorts === null) return '';
  const lines = cohorts.map(({ bornAfter, count, sizeBytes }) =>
    wrapAnsi(
      `${formatCount(count)} objects (${formatBytes(sizeBytes)}) were born after ${files[bornAfter]}${bornAfter + 2 < files.length ? `, before ${files[bornAfter + 1]}` : ''}.`,
      columns,
    ),
  );
  return [paint.bold('Still alive in the last'), ...lines].join('\n');
}

function grownBy(numbers: readonly number[]): number {
  return (numbers.at(-1) ?? 0) - (numbers[0] ?? 0);
}
