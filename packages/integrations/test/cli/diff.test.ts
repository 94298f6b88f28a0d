import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AllocationProfile, decodeProfile, encodeProfile, type ProfileFormat } from '@memx/advanced';
import { afterAll, describe, expect, it } from 'vitest';
import { memxCommand } from './memx-command.js';

const folder = mkdtempSync(join(tmpdir(), 'memx-diff-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function profileOf(sizeBytes: number, measure: 'live' | 'total' = 'total'): AllocationProfile {
  return {
    kind: 'profile',
    node: 'v20.20.2',
    startedAtEpochMs: 0,
    durationMs: 1_009,
    samplingIntervalBytes: 65_536,
    measure,
    precision: 'line',
    inliningOff: true,
    externalIntervalBytes: null,
    threads: [{ id: 0 }],
    frames: [
      { functionName: 'JSON.parse', filename: '', line: 0, column: 0, origin: 'engine', packageName: null },
      {
        functionName: 'load',
        filename: '/app/load.js',
        line: 7,
        column: 21,
        origin: 'own',
        packageName: null,
      },
    ],
    stacks: [
      {
        thread: 0,
        memory: 'heap',
        count: null,
        frames: [0, 1],
        sizeBytes,
        samples: 47,
        standardErrorBytes: 1_009,
      },
    ],
  };
}

async function write(name: string, profile: AllocationProfile, format: ProfileFormat): Promise<string> {
  const file = join(folder, name);
  writeFileSync(file, await encodeProfile(profile, format));
  return file;
}

describe('memx diff', () => {
  it('prints what the second profile has more, whatever the formats', async () => {
    const before = await write('before.heapprofile', profileOf(1_000_003), 'heapprofile');
    const after = await write('after.pb.gz', profileOf(5_000_011), 'pprof');
    const grown = await memxCommand(['diff', before, after]);
    expect(grown).toMatchObject({ exitCode: 0, stderr: '' });
    expect(grown.stdout).toMatch(/\n +\+3\.8 MiB +±1\.4 KiB +94 {2}\/app\/load\.js:7:21 {2}JSON\.parse\n/);
    const shrunk = await memxCommand(['diff', after, before]);
    expect(shrunk.stdout).toMatch(/\n +-3\.8 MiB /);
  });

  it('writes the difference to a file for its owner only, and as JSON to stdout', async () => {
    const before = await write('a.json', profileOf(1_000_003), 'json');
    const after = await write('b.speedscope.json', profileOf(5_000_011), 'speedscope');
    const output = join(folder, 'difference.heapprofile');
    const { stdout, stderr } = await memxCommand(['diff', before, after, '--json', '-o', output]);
    expect(stderr).toBe('');
    const [printed, written] = [
      await decodeProfile(Buffer.from(stdout)),
      await decodeProfile(readFileSync(output)),
    ];
    expect(printed).toMatchObject({ kind: 'difference', stacks: [{ sizeBytes: 4_000_008, samples: 94 }] });
    expect(written).toEqual(printed);
    expect(statSync(output).mode & 0o077).toBe(0);
  });

  it('says so when nothing changed', async () => {
    const file = await write('same.json', profileOf(1_000_003), 'json');
    const { stdout } = await memxCommand(['diff', file, file]);
    expect(stdout).toBe('memx  The two profiles do not differ.\n');
  });

  it.each([
    ['a name of no format', async () => 'a.txt', /\.heapprofile/],
    ['a file that is not there', async () => join(folder, 'none.json'), /could not be read.*ERR_MEMX_IO/],
    ['a profile of another measure', () => write('live.json', profileOf(7, 'live'), 'json'), /measure/],
  ])('refuses %s', async (_, other, message) => {
    const file = await write('one.json', profileOf(1_000_003), 'json');
    const { exitCode, stdout, stderr } = await memxCommand(['diff', file, await other()]);
    expect(stderr).toMatch(message);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });
});
