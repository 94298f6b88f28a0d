import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import type { SourcePlace } from './source-positions.js';

/** A place in the file that its author wrote. */
export interface OriginalPlace extends SourcePlace {
  readonly filename: string;
}

const KEPT_MAPS = 64;

/** Reads the source maps of compiled files and keeps the parsed ones, the 64 used last. */
export class SourceMaps {
  #maps = new Map<string, TraceMap | null>();

  /** Null where the file has no map, or the map says nothing of this place. */
  toOriginal(filename: string, code: string, { line, column }: SourcePlace): OriginalPlace | null {
    const map = this.#mapOf(filename, code);
    if (!map) return null;
    const {
      source,
      line: originalLine,
      column: originalColumn,
    } = originalPositionFor(map, { line, column: column - 1 });
    if (source === null || originalLine === null || originalColumn === null) return null;
    return {
      filename: source.startsWith('file:') ? fileURLToPath(source) : source,
      line: originalLine,
      column: originalColumn + 1,
    };
  }

  #mapOf(filename: string, code: string): TraceMap | null {
    const map = this.#maps.has(filename) ? (this.#maps.get(filename) ?? null) : readMap(filename, code);
    this.#maps.delete(filename);
    this.#maps.set(filename, map);
    for (const oldest of this.#maps.keys()) {
      if (this.#maps.size <= KEPT_MAPS) break;
      this.#maps.delete(oldest);
    }
    return map;
  }
}

function readMap(filename: string, code: string): TraceMap | null {
  const url = [...code.matchAll(/^[ \t]*\/\/[#@] sourceMappingURL=(\S+)[ \t]*$/gm)].at(-1)?.[1];
  if (!url) return null;
  try {
    const file = url.startsWith('data:') ? filename : resolve(dirname(filename), decodeURIComponent(url));
    const text = url.startsWith('data:') ? decodeDataUrl(url) : readFileSync(file, 'utf8');
    return new TraceMap(text, pathToFileURL(file).href);
  } catch {
    return null; // a map that is missing or broken: the compiled file's own positions are shown
  }
}

function decodeDataUrl(url: string): string {
  const comma = url.indexOf(',');
  const body = url.slice(comma + 1);
  return /;base64$/i.test(url.slice(0, comma))
    ? Buffer.from(body, 'base64').toString('utf8')
    : decodeURIComponent(body);
}
