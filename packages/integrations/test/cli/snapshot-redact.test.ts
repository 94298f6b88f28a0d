import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSnapshot } from '@memx/advanced/testing';
import { describe, expect, it } from 'vitest';
import { memxCommand } from './memx-command.js';

const folder = mkdtempSync(join(tmpdir(), 'memx-redact-command-'));
const source = join(folder, 'prod.heapsnapshot');
writeFileSync(
  source,
  buildSnapshot((heap) => {
    const user = heap.object('User', { sizeBytes: 31 });
    heap.edge(heap.root, 'shortcut', 'user', user);
    heap.edge(user, 'property', 'zq@example.com', heap.string('zq secret', { sizeBytes: 29 }));
  }),
);

describe('memx snapshot redact', () => {
  it('writes a copy without data beside the file, and says so on stderr', async () => {
    const { exitCode, stdout, stderr } = await memxCommand(['snapshot', 'redact', source]);
    expect(exitCode).toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain('prod.redacted.heapsnapshot');
    const text = readFileSync(join(folder, 'prod.redacted.heapsnapshot'), 'utf8');
    expect(text).not.toContain('zq');
    expect(JSON.parse(text).snapshot.memx.level).toBe('names');
  });

  it('makes the salt when there is none, and uses it again', async () => {
    const salt = join(folder, 'salt');
    const run = async (output: string) =>
      JSON.parse(
        (
          await memxCommand([
            'snapshot',
            'redact',
            source,
            '--json',
            '--salt-file',
            salt,
            '-o',
            join(folder, output),
          ])
        ).stdout,
      );
    const first = await run('first.heapsnapshot');
    const second = await run('second.heapsnapshot');
    expect(first).toMatchObject({ schema: 'memx.redacted/1', level: 'names', nodeCount: 4 });
    expect(second.saltFingerprint).toBe(first.saltFingerprint);
    if (process.platform !== 'win32') expect(statSync(salt).mode & 0o777).toBe(0o600);
  });

  it('ends with 3 when the file is no snapshot, and with 2 when a level does not exist', async () => {
    const wrong = await memxCommand(['snapshot', 'redact', 'busy-loop.cjs', '-o', join(folder, 'wrong')]);
    expect(wrong.exitCode).toBe(3);
    expect(wrong.stderr).toContain('ERR_MEMX_SNAPSHOT_FORMAT');
    expect((await memxCommand(['snapshot', 'redact', source, '--level', 'some'])).exitCode).toBe(2);
  });
});
