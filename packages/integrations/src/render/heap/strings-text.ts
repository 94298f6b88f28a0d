import { formatBytes } from '@memx/core';
import wrapAnsi from 'wrap-ansi';
import type { StringsDocument } from './heap-documents.js';
import type { HeapTextContext } from './heap-text-options.js';
import { renderPath } from './path-lines.js';
import { cutAt, formatCount } from './plain-table.js';

export function renderStrings(document: StringsDocument, { columns, paint }: HeapTextContext): string[] {
  const { rows, count, sizeBytes, wastedBytes } = document;
  const isShown = rows.some(({ text }) => text !== null);
  return [
    wrapAnsi(
      `${formatCount(count)} strings, ${formatBytes(sizeBytes)}. ${formatBytes(wastedBytes)} would go if each text were kept once.${isShown ? '' : ' Texts may be secrets: --values shows them.'}`,
      columns,
    ),
    ...rows.map(({ count: copies, sizeBytes: size, wastedBytes: wasted, exampleId, text, path }) =>
      [
        `${paint.bold(`${formatCount(copies)} ×`)} ${formatBytes(size / copies)} = ${formatBytes(size)}, ${formatBytes(wasted)} of it copies; one is @${exampleId}`,
        ...(text === null ? [] : [cutAt(`  ${JSON.stringify(text)}`, columns)]),
        ...renderPath(path, { columns, indent: '  ' }),
      ].join('\n'),
    ),
  ];
}
