import { formatBytes } from '@memx/core';
import wrapAnsi from 'wrap-ansi';
import type { PathsDocument } from './heap-documents.js';
import type { HeapTextContext } from './heap-text-options.js';
import { renderPath } from './path-lines.js';
import { formatCount } from './plain-table.js';

export function renderPaths(document: PathsDocument, { columns, paint }: HeapTextContext): string[] {
  const { groups, groupCount, matchCount, unheldCount } = document;
  const unheld = unheldCount > 0 ? `; ${formatCount(unheldCount)} are held weakly or by nothing` : '';
  const hidden = groupCount - groups.length;
  return [
    wrapAnsi(`${formatCount(matchCount)} objects, on ${formatCount(groupCount)} ways${unheld}.`, columns),
    ...groups.map(({ count, retainedBytes, shallowBytes, path, largest }) =>
      [
        wrapAnsi(
          `${paint.bold(`${formatCount(count)} ×`)} ${formatBytes(retainedBytes)} retained, ${formatBytes(shallowBytes)} their own; the largest is @${largest.id}`,
          columns,
        ),
        ...renderPath(path, { columns, indent: '  ' }),
      ].join('\n'),
    ),
    hidden > 0 ? `and ${formatCount(hidden)} more ways (--top)` : '',
  ];
}
