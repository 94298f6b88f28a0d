import wrapAnsi from 'wrap-ansi';

const MOST_STEPS = 8;

/**
 * A path for people, the holder's end in full: what Node's own start goes through before the last module is one line, and
 * so is the middle of a long way. One step a line, indented by `indent`; a step that is longer than a line goes on below.
 */
export function renderPath(
  path: readonly string[],
  { columns, indent }: { columns: number; indent: string },
): string[] {
  return shorten(path).flatMap((step, depth) => {
    const mark = depth === 0 ? '' : '› ';
    const hang = `${indent}${' '.repeat(mark.length)}`;
    const lines = wrapAnsi(`${step}`, Math.max(20, columns - hang.length), { hard: true, trim: false }).split(
      '\n',
    );
    return lines.map((line, index) => `${index === 0 ? `${indent}${mark}` : hang}${line.trimEnd()}`);
  });
}

/** A module is a place that everybody knows: how Node came to it says nothing. */
export function shorten(path: readonly string[]): string[] {
  const module = path.findLastIndex((step, index) => step.startsWith('module ') && index < path.length - 1);
  const known = module > 0 ? path.slice(module) : path.slice(path[0] === '(root)' && path.length > 1 ? 1 : 0);
  const hidden = known.length - MOST_STEPS;
  if (hidden < 2) return [...known];
  return [known[0] as string, `… ${hidden} more steps (--json lists them)`, ...known.slice(1 - MOST_STEPS)];
}
