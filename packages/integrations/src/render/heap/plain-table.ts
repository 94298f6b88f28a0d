/** Numbers to the right, then one text that takes what is left of the line. */
export interface PlainTable {
  /** Headings of the numbers, and their widths. */
  readonly columns: readonly (readonly [heading: string, width: number])[];
  readonly heading: string;
  readonly rows: readonly { readonly cells: readonly string[]; readonly text: string }[];
}

/** One line a row; the text is cut at the end of the line. */
export function renderTable(
  { columns, heading, rows }: PlainTable,
  { width, bold }: { readonly width: number; readonly bold: (text: string) => string },
): string {
  const line = (cells: readonly string[], text: string) =>
    cutAt(`${cells.map((cell, index) => cell.padStart(columns[index]?.[1] ?? 0)).join('')}  ${text}`, width);
  return [
    bold(
      line(
        columns.map(([name]) => name),
        heading,
      ),
    ),
    ...rows.map(({ cells, text }) => line(cells, text)),
  ].join('\n');
}

export function cutAt(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}

/** `1,234,567`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** `+1,234`. */
export function formatGrowth(count: number): string {
  return `${count > 0 ? '+' : ''}${formatCount(count)}`;
}
