import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Programs whose allocations are known. Every line that allocates ends in a mark that names the functions which do:
 *
 *     const tags = new Array(19); //@ tagsOf:200
 *     return [new Array(13), { i }]; //@ run@10 run@11:136 run@26:32
 *
 * `@` gives the 1-based column of the expression, `:` its bytes in one call of `run`, where V8's layout gives them (arrays of
 * a length that occurs nowhere else, so that a wrong line shows in the sum). A function without a mark allocates nothing.
 * What V8 allocates outside of every expression (a promise, a generator object, `arguments`, a context) belongs to the line where
 * the function starts.
 *
 * @typedef {{ file: string, line: number, column: number | null, functionName: string, bytes: number | null }} Mark
 * @typedef {{ name: string, file: string, sources: string[], marks: Mark[] }} GroundTruth
 */
const FOLDER = fileURLToPath(new URL('../ground-truth', import.meta.url));
const MARK = /^(?<functionName>(?:(?:get|set) )?[^@:]+)(?:@(?<column>\d+))?(?::(?<bytes>\d+))?$/;
/** What another program imports. */
const PARTS = { 'bundled.ts': ['bundled-price.ts'] };

/** @returns {GroundTruth[]} */
export function listGroundTruth() {
  const parts = Object.values(PARTS).flat();
  return readdirSync(FOLDER)
    .filter((name) => !parts.includes(name))
    .map((name) => {
      const sources = [name, ...(PARTS[name] ?? [])].map((source) => join(FOLDER, source));
      return {
        name: basename(name, extname(name)),
        file: join(FOLDER, name),
        sources,
        marks: sources.flatMap(readMarks),
      };
    });
}

function readMarks(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((text, index) => {
      const marks = / \/\/@ (.*)$/.exec(text)?.[1] ?? '';
      return splitMarks(marks).map((mark) => ({ file, line: index + 1, ...readMark(mark, file) }));
    });
}

/** At spaces, but for the one in `get value`. */
function splitMarks(marks) {
  return marks.match(/(?:[gs]et )?\S+/g) ?? [];
}

function readMark(mark, file) {
  const { functionName, column, bytes } = MARK.exec(mark)?.groups ?? {};
  if (!functionName)
    throw new Error(`${file} has a mark that says nothing: ${mark}. See src/ground-truth.mjs.`);
  return { functionName, column: column ? Number(column) : null, bytes: bytes ? Number(bytes) : null };
}
