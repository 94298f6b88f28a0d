import { readFileSync, statSync } from 'node:fs';
import { isAbsolute } from 'node:path';

/** What a minified bundle may have, and what nobody would want to read for one line. */
const MAX_FILE_BYTES = 8 * 1024 * 1024;

/** Reads lines of source files (1-based), each file once; null for a file or line that is not there. */
export function sourceLineReader(): (filename: string, line: number) => string | null {
  const files = new Map<string, readonly string[]>();
  return (filename, line) => {
    const lines = files.get(filename) ?? readLines(filename);
    files.set(filename, lines);
    return lines[line - 1] ?? null;
  };
}

function readLines(filename: string): readonly string[] {
  if (!isAbsolute(filename)) return []; // `node:fs`, `webpack://…`
  try {
    if (statSync(filename).size > MAX_FILE_BYTES) return [];
    return readFileSync(filename, 'utf8').split(/\r\n|[\n\r\u2028\u2029]/);
  } catch {
    return []; // it is only for show
  }
}
