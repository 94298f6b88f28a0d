import { relative } from 'node:path';
import type { AccumulationPoint, PackageBytes } from '@memx/advanced';
import { formatBytes } from '@memx/core';
import wrapAnsi from 'wrap-ansi';
import type { SummaryDocument } from './heap-documents.js';
import type { HeapTextContext } from './heap-text-options.js';
import { renderPath } from './path-lines.js';
import { formatCount, renderTable } from './plain-table.js';
import { renderTypeTable } from './types-text.js';

export function renderSummary(document: SummaryDocument, context: HeapTextContext): string[] {
  const { file, nodeCount, edgeCount, totalBytes, accumulations, types } = document;
  const { bold } = context.paint;
  const title = `${file}: ${formatBytes(totalBytes)} in ${formatCount(nodeCount)} objects, ${formatCount(edgeCount)} references`;
  return [
    wrapAnsi(title, context.columns),
    ...(accumulations.length === 0
      ? ['No object gathers more than 2 % of the heap.']
      : [bold('What gathers'), ...accumulations.map((point) => renderAccumulation(point, context))]),
    `${bold('What there is, by what would be freed with it')}\n${renderTypeTable(types, context)}`,
    renderPackages(document, context),
    renderRest(document, context),
  ];
}

/** "One instance of X retains 62 % of the heap through 12,345 Y." */
function renderAccumulation(
  { object, heapShare, held, path }: AccumulationPoint,
  { columns, paint }: HeapTextContext,
): string {
  const share = `${(100 * heapShare).toFixed(0)} %`;
  const sentence = `One ${object.name} (@${object.id}) retains ${paint.yellow(`${share} of the heap`)}, ${formatBytes(object.retainedBytes)}: ${formatCount(held.count)} of type ${held.type} make up ${formatBytes(held.retainedBytes)} of it.`;
  return [wrapAnsi(sentence, columns), ...renderPath(path, { columns, indent: '  ' })].join('\n');
}

const WHOSE: Readonly<Record<PackageBytes['origin'], string>> = {
  own: 'your code',
  dependency: '',
  node: 'Node',
  unknown: "(V8's own, and what several share)",
};

function renderPackages(
  { packages, types, totalBytes }: SummaryDocument,
  { columns, cwd, paint }: HeapTextContext,
): string {
  const shown = packages.slice(0, Math.max(types.length, 5));
  const table = renderTable(
    {
      columns: [
        ['Share', 9],
        ['Bytes', 12],
      ],
      heading: 'Package, and its largest file',
      rows: shown.map(({ origin, packageName, shallowBytes, files }) => ({
        cells: [`${((100 * shallowBytes) / totalBytes).toFixed(1)} %`, formatBytes(shallowBytes)],
        text: [packageName ?? WHOSE[origin], shortFile(files[0]?.filename ?? '', cwd)]
          .filter(Boolean)
          .join('  '),
      })),
    },
    { width: columns, bold: paint.bold },
  );
  const hidden = packages.length - shown.length;
  return `${paint.bold('Whose it is: the code that holds it')}\n${table}${hidden > 0 ? `\nand ${hidden} more packages` : ''}`;
}

function shortFile(filename: string, cwd: string): string {
  const parts = filename.split(/[\\/]node_modules[\\/]/);
  if (parts.length > 1) return (parts.at(-1) as string).replaceAll('\\', '/');
  const inside = /^([/\\]|[A-Za-z]:)/.test(filename) ? relative(cwd, filename) : filename;
  return inside.startsWith('..') ? filename : inside;
}

function renderRest({ strings, unheld }: SummaryDocument, { columns }: HeapTextContext): string {
  const text = [
    `Strings: ${formatCount(strings.count)}, ${formatBytes(strings.sizeBytes)}; ${formatBytes(strings.wastedBytes)} of it are copies of others (memx snapshot strings).`,
    `Weakly held, or garbage: ${formatCount(unheld.weaklyHeldCount)} objects, ${formatBytes(unheld.weaklyHeldBytes)}.`,
    ...(unheld.detachedCount > 0
      ? [
          `Detached (the native part let go of them): ${formatCount(unheld.detachedCount)}, ${formatBytes(unheld.detachedBytes)}.`,
        ]
      : []),
  ];
  return text.map((line) => wrapAnsi(line, columns)).join('\n');
}
