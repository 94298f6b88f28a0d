import { closeSync, openSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { countOpenFileDescriptors, parseProcStatus, readProcStatus } from '../../src/process/proc-status.js';

const onLinux = process.platform === 'linux';

describe('parseProcStatus', () => {
  it("takes the kernel's kB as 1024 bytes, from the lines of those names only", () => {
    const text =
      'Name:\tVmSize: 5\nVmPeak:\t   9999 kB\nVmSize:\t    3061 kB\nVmHWM:\t 17 kB\nThreads:\t11\n';
    expect(parseProcStatus(text)).toEqual({
      virtualBytes: 3061 * 1024,
      peakRssBytes: 17 * 1024,
      threadCount: 11,
    });
  });

  it('says null for what is not there', () => {
    const nothing = { virtualBytes: null, peakRssBytes: null, threadCount: null };
    expect(parseProcStatus('')).toEqual(nothing);
    expect(parseProcStatus('VmSize:\tunknown\n')).toEqual(nothing);
  });
});

describe.runIf(onLinux)('on Linux', () => {
  it('reads this process', () => {
    const { virtualBytes, peakRssBytes, threadCount } = readProcStatus();
    expect(virtualBytes).toBeGreaterThan(peakRssBytes ?? Number.POSITIVE_INFINITY);
    expect(threadCount).toBeGreaterThan(1);
  });

  it('counts exactly the descriptors that are opened', () => {
    const before = countOpenFileDescriptors() ?? Number.NaN;
    const opened = Array.from({ length: 37 }, () => openSync(process.execPath, 'r'));
    const during = countOpenFileDescriptors() ?? Number.NaN;
    for (const descriptor of opened) closeSync(descriptor);
    expect([during - before, (countOpenFileDescriptors() ?? Number.NaN) - before]).toEqual([37, 0]);
  });
});
