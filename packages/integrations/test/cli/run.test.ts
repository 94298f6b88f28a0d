import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemorySeries } from '@memx/core';
import { describe, expect, it } from 'vitest';
import { memxCommand } from './memx-command.js';

const MIB = 2 ** 20;
const folder = mkdtempSync(join(tmpdir(), 'memx-run-'));

describe('memx run', () => {
  it("passes the program's exit code through", async () => {
    expect((await memxCommand(['run', 'ends-early.cjs', '--', 'exit'])).exitCode).toBe(3);
    expect((await memxCommand(['run', 'ends-early.cjs', '--', 'throw'])).exitCode).toBe(1);
    expect((await memxCommand(['run', 'ends-early.cjs', '--', 'code'])).exitCode).toBe(5);
  });

  it.skipIf(process.platform === 'win32')('ends by the signal that ended the program', async () => {
    const { exitCode, signal } = await memxCommand(['run', 'ends-early.cjs', '--', 'signal']);
    expect({ exitCode, signal }).toEqual({ exitCode: null, signal: 'SIGINT' });
  });

  it('leaves stdout to the program and sums up on stderr', async () => {
    const { stdout, stderr } = await memxCommand(['run', 'ends-early.cjs', '--', 'nothing']);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^memx {2}\d+\.\d s {2}· {2}rss peak [\d.]+ MiB/);
  });

  it('records the resident set of a synchronous program, and its heap', async () => {
    const { stdout } = await memxCommand(['run', 'fills-buffers.cjs', '--json', '-i', '10ms']);
    const series = MemorySeries.fromJSON(stdout);
    expect(series.label).toBe('fills-buffers.cjs');
    expect(series.peak.rssBytes).toBeGreaterThan(200 * MIB);
    expect(series.peak.externalBytes).toBeGreaterThan(190 * MIB);
    expect(Math.abs(series.startedAtEpochMs - Date.now())).toBeLessThan(60_000);
  });

  it.each([
    ['.json', (text: string) => MemorySeries.fromJSON(text).length],
    ['.csv', (text: string) => MemorySeries.fromCSV(text).length],
    ['.svg', (text: string) => text.match(/<svg/g)?.length ?? 0],
    ['.html', (text: string) => text.match(/<svg/g)?.length ?? 0],
  ])('writes %s', async (extension, countIn) => {
    const file = join(folder, `series${extension}`);
    await memxCommand(['run', 'ends-early.cjs', '-o', file, '--', 'exit']);
    expect(countIn(readFileSync(file, 'utf8'))).toBeGreaterThan(0);
  });

  it('refuses a format that it does not write', async () => {
    const { exitCode, stderr } = await memxCommand(['run', 'ends-early.cjs', '-o', 'series.png']);
    expect(stderr).toMatch(/\.json, \.csv, \.svg, \.html/);
    expect(exitCode).toBe(2);
  });

  it('says so when there is no such program', async () => {
    const { exitCode, stderr } = await memxCommand(['run', 'nowhere.js']);
    expect(stderr).toMatch(/no such program/);
    expect(exitCode).toBe(2);
  });
});
