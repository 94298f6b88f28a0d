import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { allocatorOf } from '../../src/allocation/allocation-site.js';
import { markFunctionSized } from '../../src/allocation/function-sized.js';
import { SamplingProfileDecoder } from '../../src/allocation/sampling-profile-decoder.js';
import { readInstrumentedFiles } from '../../src/lines/instrumented-files.js';
import { LineResolver } from '../../src/lines/resolve-line-frames.js';
import { GROUND_TRUTH } from './ground-truth-programs.js';

const RECORD = fileURLToPath(new URL('fixtures/record.mjs', import.meta.url));
const ITERATIONS = 50_000;
const SAMPLING_INTERVAL_BYTES = 8192; // fixtures/record.mjs
/** Before it optimises a function, V8 adds 16 bytes to what a literal makes: a quarter of the smallest one here. */
const MOST_ERROR = 0.3;
const folder = mkdtempSync(join(tmpdir(), 'memx-lines-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface LineSum {
  bytes: number;
  samples: number;
}

/** Bytes by file and line, as a reader in another process sees them. */
async function record(
  name: string,
  programs: readonly string[],
  { keepInlining = false } = {},
): Promise<Map<string, Map<number, LineSum>>> {
  const profile = join(folder, `${name}.profile.json`);
  const sources = join(folder, `${name}.sources.jsonl`);
  const settings = [profile, sources, String(ITERATIONS), String(keepInlining)];
  await promisify(execFile)(process.execPath, [RECORD, ...settings, ...programs]);
  const resolver = new LineResolver(readInstrumentedFiles(readFileSync(sources, 'utf8')));
  const files = new Map<string, Map<number, LineSum>>();
  const samples = new SamplingProfileDecoder().decode(JSON.parse(readFileSync(profile, 'utf8')));
  const as = { measure: 'total', samplingIntervalBytes: SAMPLING_INTERVAL_BYTES } as const;
  for (const { stack, sizeBytes } of markFunctionSized(samples, as)) {
    const resolved = resolver.resolve(stack);
    const frame = resolved && allocatorOf(resolved);
    if (!frame) continue;
    const lines = files.get(basename(frame.filename)) ?? new Map<number, LineSum>();
    files.set(basename(frame.filename), lines);
    const sum = lines.get(frame.line) ?? { bytes: 0, samples: 0 };
    lines.set(frame.line, { bytes: sum.bytes + sizeBytes, samples: sum.samples + 1 });
  }
  return files;
}

/** 1-based lines that end in `//@`, with the bytes of one call where these are known. */
function markedLines(code: string): Map<number, number | null> {
  const marked = new Map<number, number | null>();
  for (const [index, line] of code.split('\n').entries()) {
    const mark = /\/\/@ ?(\d*)$/.exec(line);
    if (mark) marked.set(index + 1, mark[1] ? Number(mark[1]) : null);
  }
  return marked;
}

/** What functions allocate outside of their expressions is told of a call, where V8 inlined them. */
const OUTSIDE_OF_EXPRESSIONS = ['closures', 'async function', 'generator', 'tagged template', 'arguments'];

const KINDS = [
  { kind: 'ES modules', extension: 'mjs', exporting: 'export { run };' },
  { kind: 'CommonJS', extension: 'cjs', exporting: 'module.exports = { run };' },
  {
    kind: 'CommonJS while V8 inlines',
    extension: 'inlined.cjs',
    exporting: 'module.exports = { run };',
    keepInlining: true,
    left: OUTSIDE_OF_EXPRESSIONS,
  },
];

describe.each(KINDS)('in $kind', (kind) => {
  const { extension, exporting, keepInlining = false, left = [] } = kind;
  const programs = Object.entries(GROUND_TRUTH).filter(([name]) => !left.includes(name));
  const fileOf = (name: string) => `${name.replaceAll(/\W/g, '-')}.${extension}`;
  const recorded = (async () => {
    const files = programs.map(([name, code]) => {
      const file = join(folder, fileOf(name));
      writeFileSync(file, `${code}\n${exporting}\n`);
      return file;
    });
    return await record(extension, files, { keepInlining });
  })();

  test.each(programs)('%s: every byte is told of the line that allocates it', async (name, code) => {
    const lines = (await recorded).get(fileOf(name)) ?? new Map<number, LineSum>();
    const marked = markedLines(code);
    // What V8 makes for a function once (feedback, a new map) belongs to its start.
    const total = [...lines.values()].reduce((sum, { samples }) => sum + samples, 0);
    const wrong = [...lines].filter(([line, { samples }]) => !marked.has(line) && samples > total / 50);
    expect(wrong.map(([line, { samples }]) => ({ line, samples, total }))).toEqual([]);
    for (const [line, bytesPerCall] of marked) {
      const { bytes, samples } = lines.get(line) ?? { bytes: 0, samples: 0 };
      expect({ line, isSeen: samples > 20 }).toEqual({ line, isSeen: true });
      if (bytesPerCall !== null)
        expect(Math.abs(bytes / ITERATIONS / bytesPerCall - 1)).toBeLessThan(MOST_ERROR);
    }
  });
});

const SHOP = fileURLToPath(new URL('fixtures/shop/shop.ts', import.meta.url));
const SHOP_LINES = [7, 11]; // the object literal, and `new Array<Item>(length)`

async function seenShopLines(program: string): Promise<boolean[]> {
  const lines = (await record(basename(program), [program])).get('shop.ts');
  return SHOP_LINES.map((line) => (lines?.get(line)?.samples ?? 0) > 100);
}

test('a minified bundle with a source map is told of in lines of its TypeScript', async () => {
  const bundle = join(folder, 'shop.min.mjs');
  copyFileSync(SHOP.replace('shop.ts', 'shop.min.mjs.txt'), bundle);
  expect(await seenShopLines(bundle)).toEqual([true, true]);
});

test.runIf('typescript' in process.features)(
  'TypeScript whose types Node strips keeps its lines',
  async () => {
    expect(await seenShopLines(SHOP)).toEqual([true, true]);
  },
);
