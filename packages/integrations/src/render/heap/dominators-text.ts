import { formatBytes } from '@memx/core';
import type { DominatorEntry, DominatorsDocument } from './heap-documents.js';
import type { HeapTextContext } from './heap-text-options.js';
import { shorten } from './path-lines.js';
import { cutAt, formatCount } from './plain-table.js';

export function renderDominators(document: DominatorsDocument, context: HeapTextContext): string[] {
  const { bold } = context.paint;
  return [
    `${document.file}: ${formatBytes(document.totalBytes)}`,
    bold(
      `${'Retained'.padStart(11)}${'Share'.padStart(9)}  Object, where it is, and the largest that it alone holds`,
    ),
    ...document.entries.map((entry) => renderEntry(entry, context)),
  ];
}

const INDENT = ' '.repeat(22);
const MOST_WHERE = 3;

function renderEntry(
  { object, heapShare, path, held, heldCount }: DominatorEntry,
  { columns }: HeapTextContext,
): string {
  const share = `${(100 * heapShare).toFixed(1)} %`;
  const where = shorten(path).slice(-MOST_WHERE - 1, -1);
  const largest = held.map(({ name, id, retainedBytes }) => `${name} @${id} ${formatBytes(retainedBytes)}`);
  const more = heldCount > held.length ? `, and ${formatCount(heldCount - held.length)} more` : '';
  return [
    `${formatBytes(object.retainedBytes).padStart(11)}${share.padStart(9)}  ${object.name} @${object.id}`,
    ...(where.length > 0 ? [`${INDENT}in ${where.join(' › ')}`] : []),
    ...(largest.length > 0 ? [`${INDENT}holds ${largest.join(', ')}${more}`] : []),
  ]
    .map((line) => cutAt(line, columns))
    .join('\n');
}
