import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHistogramFile } from '../../../src/index.js';
import { redactSnapshot } from '../../../src/snapshot/redact/redact-snapshot.js';
import type { RedactionLevel } from '../../../src/snapshot/redact/redaction-level.js';
import { buildSnapshot } from '../../../src/testing/index.js';

const folder = mkdtempSync(join(tmpdir(), 'memx-redact-'));
const planted = join(folder, 'planted.heapsnapshot');
const secretsFile = join(folder, 'secrets.json');
execFileSync(process.execPath, [
  fileURLToPath(new URL('./fixtures/plants-secrets.cjs', import.meta.url)),
  secretsFile,
  planted,
]);
const secrets = (JSON.parse(readFileSync(secretsFile, 'utf8')) as string[][]).map((halves) =>
  halves.join(''),
);
const levels: readonly RedactionLevel[] = ['names', 'basic', 'full'];

interface Raw {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: string[];
      readonly node_types: string[][];
      edge_types: string[][];
    };
  };
  readonly nodes: number[];
  readonly edges: number[];
  readonly locations: number[];
  readonly strings: string[];
}

const read = (path: string): Raw => JSON.parse(readFileSync(path, 'utf8'));
const redact = async (source: string, name: string, options: Parameters<typeof redactSnapshot>[2] = {}) => {
  const output = join(folder, name);
  const result = await redactSnapshot(source, output, options);
  return { output, result };
};
const write = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: { code?: string }) => error.code,
  );

/** All names by type, `closure parse`, `property size`. */
function namesOf({ snapshot, nodes, edges, strings }: Raw): ReadonlySet<string> {
  const { node_fields, node_types, edge_types } = snapshot.meta;
  const names = new Set<string>();
  for (let at = 0; at < nodes.length; at += node_fields.length) {
    names.add(`${node_types[0]?.[nodes[at] as number]} ${strings[nodes[at + 1] as number]}`);
  }
  for (let at = 0; at < edges.length; at += 3) {
    const type = edge_types[0]?.[edges[at] as number];
    if (type !== 'element' && type !== 'hidden') names.add(`${type} ${strings[edges[at + 1] as number]}`);
  }
  return names;
}

describe('redactSnapshot', () => {
  it.each(levels)('at level %s keeps none of more than 1,000 planted secrets', async (level) => {
    const { output } = await redact(planted, `secrets-${level}.heapsnapshot`, { level });
    const before = readFileSync(planted, 'utf8');
    const after = readFileSync(output, 'utf8');
    expect(secrets.length).toBeGreaterThan(1_000);
    expect(secrets.filter((secret) => !before.includes(secret))).toEqual([]); // they were there
    expect(secrets.filter((secret) => after.includes(secret))).toEqual([]);
  });

  it.each(levels)('at level %s changes no type, size, id, reference or place', async (level) => {
    const { output } = await redact(planted, `same-${level}.heapsnapshot`, { level });
    const before = read(planted);
    const after = read(output);
    const nodeLength = before.snapshot.meta.node_fields.length;
    const withoutNames = (numbers: number[], length: number) =>
      numbers.filter((_, index) => index % length !== 1);
    expect(withoutNames(after.nodes, nodeLength)).toEqual(withoutNames(before.nodes, nodeLength));
    expect(withoutNames(after.edges, 3)).toEqual(withoutNames(before.edges, 3));
    expect(after.locations).toEqual(before.locations);
    const indexes = after.nodes.filter((_, index) => index % nodeLength === 1);
    expect(Math.max(...indexes)).toBeLessThan(after.strings.length);
  });

  it('keeps at level names what the code calls things, and hides what only data calls so', async () => {
    const { output } = await redact(planted, 'names.heapsnapshot', { level: 'names' });
    const names = namesOf(read(output));
    for (const kept of [
      'object Customer',
      'closure describeCustomer',
      'property emailAddress',
      'property customers',
      'context secrets',
      'object Map',
      'hidden system / PropertyArray',
      'property __proto__',
      'property <symbol Symbol.toStringTag>',
    ]) {
      expect(names, kept).toContain(kept);
    }
    expect([...names].filter((name) => name.startsWith('string ') && !/^string (h:|$)/.test(name))).toEqual(
      [],
    );
  });

  it('keeps fewer names at level basic, and fewer still at full', async () => {
    const basic = namesOf(read((await redact(planted, 'basic.heapsnapshot', { level: 'basic' })).output));
    const full = namesOf(read((await redact(planted, 'full.heapsnapshot', { level: 'full' })).output));
    expect(basic).toContain('object Customer');
    expect(basic).toContain('closure describeCustomer');
    expect(basic).not.toContain('property emailAddress');
    expect(full).not.toContain('object Customer');
    expect(full).not.toContain('closure describeCustomer');
    for (const name of ['object Map', 'object Array', 'property length', 'hidden system / PropertyArray']) {
      expect(full, name).toContain(name);
    }
  });

  it('gives the same rows, counts and bytes at level names, but for classes that are data', async () => {
    const { output } = await redact(planted, 'rows.heapsnapshot');
    const before = await readHistogramFile(planted);
    const after = await readHistogramFile(output);
    expect(after.nodeCount).toBe(before.nodeCount);
    expect(after.selfSizeBytes).toBe(before.selfSizeBytes);
    const kept = after.types.filter(({ name }) => !name.includes('h:'));
    const originals = new Map(before.types.map((row) => [`${row.kind} ${row.name}`, row]));
    expect(kept.length).toBeGreaterThan(500);
    for (const row of kept) expect(row).toEqual(originals.get(`${row.kind} ${row.name}`));
  });

  it('gives equal texts equal stand-ins under one salt, and others under another', async () => {
    const one = await redact(planted, 'salt-a.heapsnapshot', { salt: 'a' });
    const same = await redact(planted, 'salt-b.heapsnapshot', { salt: Buffer.from('a') });
    const other = await redact(planted, 'salt-c.heapsnapshot', { salt: 'c' });
    expect(readFileSync(one.output).equals(readFileSync(same.output))).toBe(true);
    expect(one.result.saltFingerprint).toBe(same.result.saltFingerprint);
    expect(other.result.saltFingerprint).not.toBe(one.result.saltFingerprint);
    const standIns = (path: string) => new Set(read(path).strings.filter((text) => text.startsWith('h:')));
    const [a, c] = [standIns(one.output), standIns(other.output)];
    expect([...a].filter((text) => c.has(text))).toEqual([]);
  });

  it('draws a new salt each time when none is given', async () => {
    const first = await redact(planted, 'random-1.heapsnapshot');
    const second = await redact(planted, 'random-2.heapsnapshot');
    expect(first.result.saltFingerprint).not.toBe(second.result.saltFingerprint);
  });

  it.each(['node20', 'node22', 'node24', 'node26'] as const)(
    'gives a value its own text in the format of %s',
    async (format) => {
      // `admin` is a value, and the name of a property that code gave.
      const text = buildSnapshot(
        (heap) => {
          const pool = heap.node('code', '(constant pool)');
          const user = heap.object('User');
          const admin = heap.string('admin', { sizeBytes: 24 });
          heap.edge(heap.root, 'shortcut', 'x', user);
          heap.edge(pool, 'hidden', 1, admin);
          heap.edge(user, 'property', 'admin', heap.object('User'));
          heap.edge(user, 'property', 'role', admin);
        },
        { format },
      );
      const { output } = await redact(write(`own-${format}`, text), `own-${format}.heapsnapshot`);
      const names = namesOf(read(output));
      expect(names).toContain('property admin');
      expect(names).not.toContain('string admin');
      expect([...names].filter((name) => /^string h:[0-9a-f]{16}$/.test(name))).toHaveLength(1);
      expect(names).not.toContain('property role'); // no code holds it
    },
  );

  it('leaves out what it does not know, in the header and beside', async () => {
    const text = buildSnapshot((heap) => heap.edge(heap.root, 'shortcut', 'x', heap.object('A')));
    const foreign = text
      .replace('"snapshot":{', '"snapshot":{"title":"zqtitle",')
      .replace('"samples":', '"scopes":[{"a":"zqscope]"}],"samples":');
    const { output } = await redact(write('foreign', foreign), 'foreign.heapsnapshot');
    expect(readFileSync(output, 'utf8')).not.toMatch(/zq/);
    expect(read(output).snapshot).toMatchObject({ memx: { schema: 'memx.redacted-snapshot/1' } });
  });

  it('refuses text among the numbers that it copies', async () => {
    const text = buildSnapshot(() => {}).replace('"samples":[]', '"samples":["zq"]');
    expect(await codeOf(redact(write('smuggled', text), 'smuggled.heapsnapshot'))).toBe(
      'ERR_MEMX_SNAPSHOT_FORMAT',
    );
  });

  it('packs by the name of the destination', async () => {
    const plain = await redact(planted, 'packed.heapsnapshot', { salt: 's' });
    const packed = await redact(planted, 'packed.heapsnapshot.gz', { salt: 's' });
    expect(gunzipSync(readFileSync(packed.output)).equals(readFileSync(plain.output))).toBe(true);
    expect(statSync(packed.output).size).toBe(packed.result.writtenBytes);
  });

  it.skipIf(process.platform === 'win32')('writes for the owner alone', async () => {
    const { output } = await redact(planted, 'mode.heapsnapshot');
    expect(statSync(output).mode & 0o777).toBe(0o600);
  });

  it('leaves nothing behind when it is cancelled', async () => {
    const controller = new AbortController();
    const fractions: number[] = [];
    const work = redact(planted, 'cancelled.heapsnapshot', {
      signal: controller.signal,
      onProgress: ({ fraction }) => {
        fractions.push(fraction);
        if (fraction > 0.7) controller.abort();
      },
    });
    expect(await codeOf(work)).toBe('ERR_MEMX_ABORTED');
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(readdirSync(folder).filter((name) => name.startsWith('cancelled'))).toEqual([]);
  });

  it('says what is wrong with an option, a path or a file', async () => {
    expect(await codeOf(redact(planted, 'x', { level: 'all' as never }))).toBe('ERR_MEMX_INVALID_OPTION');
    expect(await codeOf(redact(planted, 'x', { salt: '' }))).toBe('ERR_MEMX_INVALID_OPTION');
    expect(await codeOf(redact(join(folder, 'none'), 'x'))).toBe('ERR_MEMX_IO');
    expect(await codeOf(redact(planted, join('no-such-folder', 'x')))).toBe('ERR_MEMX_IO');
    expect(existsSync(join(folder, 'x'))).toBe(false);
  });

  it('refuses every text that is cut short, and leaves nothing behind', async () => {
    const text = buildSnapshot(
      (heap) => {
        const cache = heap.object('Cache', { sizeBytes: 17 });
        heap.edge(heap.root, 'shortcut', 'cache', cache);
        for (let i = 0; i < 5; i++) heap.edge(cache, 'property', `key ${i}`, heap.string(`"té\n${i}`));
      },
      { format: 'node20' },
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), async (length) => {
        const source = write('cut', text.slice(0, length));
        expect(await codeOf(redact(source, 'cut-output'))).toBe('ERR_MEMX_SNAPSHOT_FORMAT');
        expect(readdirSync(folder).filter((name) => name.startsWith('cut-output'))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('refuses or redacts a text with a changed byte, and fails in no other way', async () => {
    const text = buildSnapshot((heap) => {
      heap.edge(heap.root, 'shortcut', 'a', heap.object('A', { sizeBytes: 13 }));
    });
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.constantFrom(...'"[]{},:0 9-\\x'), async (at, byte) => {
        const source = write('changed', text.slice(0, at) + byte + text.slice(at + 1));
        expect(['no error', 'ERR_MEMX_SNAPSHOT_FORMAT']).toContain(
          await codeOf(redact(source, 'changed-output')),
        );
      }),
      { numRuns: 300 },
    );
  });
});
