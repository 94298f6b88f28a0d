/** What is left of the column, to be read with the expression. */
const LEAD = 12;

/**
 * The part of a source line around a place (1-based column), at most so many characters wide; the whole line, without
 * its indentation, when it fits.
 */
export function renderExcerpt(line: string, { column, width }: { column: number; width: number }): string {
  const indentation = line.length - line.trimStart().length;
  // A tab or a control character would move the cursor.
  const text = line.trim().replace(/[\p{Cc}\t]/gu, ' ');
  if (text.length <= width) return text;
  const at = Math.max(0, column - 1 - indentation);
  const start = Math.max(0, Math.min(at - LEAD, text.length - width));
  const cut = start > 0 ? `…${text.slice(start + 1)}` : text;
  return cut.length <= width ? cut : `${cut.slice(0, width - 1)}…`;
}
