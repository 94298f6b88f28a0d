import { readFileSync } from 'node:fs';
import { parse } from 'acorn';

const cache = new Map();

/**
 * The innermost function around a place; a place in no function has null, so that two places of a module's top level
 * are in the same "function".
 *
 * @param {string} file
 * @param {{ line: number, column?: number }} place 1-based; without a column, the first character of the line that is no blank
 * @returns {number | null} the function's offset in the file
 */
export function functionAround(file, { line, column }) {
  const { lines, functions } = readFunctions(file);
  const text = lines[line - 1] ?? '';
  const before = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0);
  const offset = before + (column === undefined ? text.search(/\S|$/) : column - 1);
  let innermost = null;
  for (const { start, end } of functions) {
    if (start <= offset && offset < end && (innermost === null || start >= innermost)) innermost = start;
  }
  return innermost;
}

/** Functions that begin on a line: a one-line arrow is the function of what it holds. */
export function functionsBeginningOn(file, line) {
  const { lines, functions } = readFunctions(file);
  const start = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0);
  const end = start + (lines[line - 1]?.length ?? 0);
  return functions.filter((found) => found.start >= start && found.start < end).map((found) => found.start);
}

function readFunctions(file) {
  if (!cache.has(file)) {
    const source = readFileSync(file, 'utf8');
    const sourceType = file.endsWith('.cjs') ? 'script' : 'module';
    const tree = parse(source, { ecmaVersion: 'latest', sourceType, allowReturnOutsideFunction: true });
    cache.set(file, { lines: source.split('\n'), functions: [...functionsIn(tree)] });
  }
  return cache.get(file);
}

function* functionsIn(node) {
  if (/Function/.test(node.type)) yield { start: node.start, end: node.end };
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child?.type === 'string') yield* functionsIn(child);
    }
  }
}
