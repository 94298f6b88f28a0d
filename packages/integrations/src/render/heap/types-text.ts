import type { ClassRow } from '@memx/advanced';
import { formatBytes } from '@memx/core';
import type { TypesDocument } from './heap-documents.js';
import type { HeapTextContext } from './heap-text-options.js';
import { formatCount, renderTable } from './plain-table.js';

export function renderTypes(document: TypesDocument, context: HeapTextContext): string[] {
  const { types, typeCount, totalBytes, file } = document;
  const hidden = typeCount - types.length;
  return [
    `${file}: ${formatBytes(totalBytes)}`,
    renderTypeTable(types, context),
    hidden > 0 ? `and ${hidden} more types (--top ${typeCount} lists them)` : '',
  ];
}

/** Objects, shallow and retained size. */
export function renderTypeTable(types: readonly ClassRow[], { columns, paint }: HeapTextContext): string {
  return renderTable(
    {
      columns: [
        ['Objects', 11],
        ['Own size', 12],
        ['Retained', 12],
      ],
      heading: 'Type',
      rows: types.map(({ name, count, shallowBytes, retainedBytes }) => ({
        cells: [formatCount(count), formatBytes(shallowBytes), formatBytes(retainedBytes)],
        text: name,
      })),
    },
    { width: columns, bold: paint.bold },
  );
}
