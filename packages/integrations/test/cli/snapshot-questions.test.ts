import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildSnapshot } from '@memx/advanced/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { memxCommand } from './memx-command.js';

const folder = mkdtempSync(join(tmpdir(), 'memx-questions-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A store with so many sessions, each with the same text of its own. */
function write(name: string, sessions: number): string {
  const file = join(folder, name);
  const text = buildSnapshot((heap) => {
    const store = heap.object('Store', { sizeBytes: 31, id: 11 });
    heap.edge(heap.root, 'shortcut', 'store', store);
    for (let at = 0; at < sessions; at++) {
      const session = heap.object('Session', { sizeBytes: 101, id: 1001 + 4 * at });
      heap.edge(store, 'property', `key-${at}`, session);
      heap.edge(session, 'property', 'text', heap.string('zq secret', { sizeBytes: 23, id: 1003 + 4 * at }));
    }
  });
  writeFileSync(file, name.endsWith('.gz') ? gzipSync(text) : text);
  return file;
}

const before = write('before.heapsnapshot', 41);
const after = write('after.heapsnapshot.gz', 241);

const ask = async (...args: string[]) => {
  const { exitCode, stdout, stderr } = await memxCommand(args);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout;
};

describe('memx snapshot', () => {
  it('summary says what gathers, and how much of the heap that is', async () => {
    const text = await ask('snapshot', 'summary', before);
    expect(text).toContain('One Store (@11) retains 100 % of the heap, 5.0 KiB: 41 of type Session');
    expect(text).toMatch(/ 41 +4\.0 KiB +5\.0 KiB {2}Session\n/);
  });

  it('paths groups the objects of a type by the way that holds them', async () => {
    const text = await ask('snapshot', 'paths', before, '--type', 'Sess*');
    expect(text).toContain('41 × 5.0 KiB retained, 4.0 KiB their own');
    expect(text).toContain('Store\n  › [key]: Session');
  });

  it('types, retainers and dominators filter and print JSON under their schemas', async () => {
    const types = JSON.parse(await ask('snapshot', 'types', before, '--type', 'Store', '--json'));
    expect(types).toMatchObject({
      schema: 'memx.snapshot-types/1',
      types: [{ name: 'Store', count: 1, shallowBytes: 31 }],
    });
    const retainers = JSON.parse(await ask('snapshot', 'retainers', before, '--id', '1001', '--json'));
    expect(retainers).toMatchObject({
      object: { id: 1001, type: 'Session' },
      retainers: [{ edge: 'key-0', strength: 'strong' }],
    });
    const dominators = JSON.parse(
      await ask('snapshot', 'dominators', before, '--min-size', '1KiB', '--json'),
    );
    expect(dominators.entries).toMatchObject([
      { object: { type: 'Store', retainedBytes: 31 + 41 * 124 }, heldCount: 41 },
    ]);
  });

  it('strings shows copies, and texts only when asked to', async () => {
    const text = await ask('snapshot', 'strings', before);
    expect(text).toContain('41 × 23 B = 943 B, 920 B of it copies');
    expect(text).not.toContain('zq');
    expect(await ask('snapshot', 'strings', before, '--values')).toContain('"zq secret"');
  });

  it('reads a snapshot from stdin', async () => {
    const { stdout } = await memxCommand(['snapshot', 'types', '-'], { input: readFileSync(before, 'utf8') });
    expect(stdout).toContain('Session');
  });

  it('says what it could not do: nothing matches, no snapshot', async () => {
    expect(await memxCommand(['snapshot', 'paths', before, '--type', 'Nobody'])).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringContaining('No object in the snapshot matches'),
    });
    const broken = join(folder, 'broken.heapsnapshot');
    writeFileSync(broken, '{"snapshot":');
    expect(await memxCommand(['snapshot', 'summary', broken])).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('ERR_MEMX_SNAPSHOT_FORMAT'),
    });
  });
});

describe('memx diff of heap snapshots', () => {
  it('names the type that grew and the way to what holds it', async () => {
    const text = await ask('diff', before, after);
    expect(text).toMatch(/ 241 +\+200 +\+19\.7 KiB .*Session\n/);
    expect(text).toContain('+200 Session, +200 (string). 41 → 241 Session');
    expect(text).toContain('Store\n  › [key]: Session');
    expect(text).toContain('Of one process');
  });

  it('prints JSON under its schema', async () => {
    const document = JSON.parse(await ask('diff', before, after, '--json'));
    expect(document).toMatchObject({
      schema: 'memx.snapshot-diff/1',
      paths: [{ counts: [41, 241], type: 'Session' }],
    });
  });

  it('refuses a snapshot beside a profile', async () => {
    expect(await memxCommand(['diff', before, 'x.heapprofile'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('cannot be compared with each other'),
    });
  });
});
