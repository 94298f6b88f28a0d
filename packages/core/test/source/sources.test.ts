import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openPidSource, processSource } from '../../src/index.js';
import { openStatm } from '../../src/source/statm.js';

const MIB = 1024 * 1024;
const withProcfs = existsSync('/proc/self/statm');

describe('processSource', () => {
  it('reads all metrics of this process, and time goes on', () => {
    const first = processSource.read();
    const second = processSource.read();
    expect(second.timeMs).toBeGreaterThan(first.timeMs);
    expect(first.rssBytes).toBeGreaterThan(10 * MIB);
    expect(first.heapUsedBytes).toBeLessThanOrEqual(first.heapTotalBytes ?? 0);
    expect(first.arrayBuffersBytes).toBeLessThanOrEqual(first.externalBytes ?? 0);
  });
});

describe.runIf(withProcfs)('the resident set by procfs', () => {
  it('agrees with what Node reads, so that the page size is right', () => {
    const statm = openStatm('self');
    const byNode = process.memoryUsage.rss();
    expect(Math.abs((statm?.readRssBytes() ?? 0) - byNode)).toBeLessThan(8 * MIB);
    statm?.close();
  });

  it('reads a process until it has ended, and null from then on', async () => {
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    await once(child, 'spawn');
    using source = openPidSource(child.pid ?? 0);
    expect(source.read()).toMatchObject({ rssBytes: expect.any(Number), heapUsedBytes: null });
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(source.read()).toBeNull();
  });

  it('closes its descriptor once, however often it is disposed', () => {
    const open = () => readdirSync('/proc/self/fd').length;
    const before = open();
    const source = openPidSource(process.pid);
    expect(open()).toBe(before + 1);
    source[Symbol.dispose]();
    source[Symbol.dispose]();
    expect(open()).toBe(before);
    expect(source.read()).toBeNull();
  });

  it('refuses a number that no process has', () => {
    expect(() => openPidSource(2 ** 30)).toThrow('No process has this number: 1073741824.');
    expect(() => openPidSource(0)).toThrow(expect.objectContaining({ code: 'ERR_MEMX_INVALID_OPTION' }));
  });
});
