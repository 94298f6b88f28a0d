import { describe, expect, it } from 'vitest';
import type { SiteHistory } from '../../../src/leak/evidence.js';
import { judgeExternal } from '../../../src/leak/judge/judge-external.js';
import { evidence, frame, leaking, site, sliding } from '../build-evidence.js';

const own = frame('receivePart', '/app/upload.js', 11);
const SAMPLE = 131_101;

function bufferSite(survivors: readonly number[], callee = 'Buffer.alloc'): SiteHistory {
  const history = site(own, { survivors, bytesPerSample: SAMPLE });
  const frames = [{ ...frame(callee, '', 0), origin: 'engine' as const }, own];
  let total = 0;
  const liveBytes = history.survivorBytes.map((bytes) => {
    total += bytes;
    return total;
  });
  return { ...history, liveBytes, stacks: [{ frames, sizeBytes: total }] };
}

const rising = (round: number) => 2 + round;

describe('judgeExternal', () => {
  it('is sure when the floor rises and a site leaks, and names the site and what it makes', () => {
    const suspect = judgeExternal(evidence({ externalMiB: rising, externalSites: [bufferSite(leaking())] }));
    expect(suspect).toMatchObject({ memory: 'external', confidence: 'high', type: 'Buffer' });
    expect(suspect?.sites).toEqual([
      expect.objectContaining({ functionName: 'receivePart', line: 11, filename: '/app/upload.js' }),
    ]);
    expect(suspect?.recommendation).toContain('receivePart (upload.js:11)');
    expect(suspect?.growthBytesPerSecond).toBeCloseTo(2 ** 20, -3);
  });

  it('names no function of the heap for it', () => {
    const heapSite = site(frame('makeOrder', '/app/orders.js'), { survivors: leaking() });
    const suspect = judgeExternal(
      evidence({ externalMiB: rising, sites: [heapSite], externalSites: [bufferSite(leaking())] }),
    );
    expect(suspect?.sites.map(({ functionName }) => functionName)).toEqual(['receivePart']);
  });

  it('is half sure of a floor that rises without a site, and says so', () => {
    const suspect = judgeExternal(evidence({ externalMiB: rising, externalSites: [] }));
    expect(suspect).toMatchObject({ confidence: 'medium', type: 'ArrayBuffer (external)', sites: [] });
    expect(suspect?.evidence.at(-1)).toMatch(/native code/);
  });

  it('goes by the floor alone where external memory is not sampled', () => {
    expect(judgeExternal(evidence({ externalMiB: rising }))?.confidence).toBe('high');
    expect(judgeExternal(evidence({ externalMiB: (round) => 2 + round / 8 }))?.confidence).toBe('medium');
  });

  it('finds memory that Node does not count by what stays of it', () => {
    const shared = bufferSite(leaking(), 'new SharedArrayBuffer');
    const suspect = judgeExternal(evidence({ externalSites: [shared] }));
    expect(suspect).toMatchObject({ confidence: 'medium', type: 'SharedArrayBuffer' });
    expect(suspect?.growthBytesPerSecond).toBeGreaterThan(SAMPLE);
  });

  it('finds memory of WebAssembly that is no part of external memory', () => {
    const site = bufferSite(leaking(), 'WebAssembly.Memory');
    const suspect = judgeExternal(evidence({ wasmMiB: rising, externalSites: [site] }));
    expect(suspect).toMatchObject({ confidence: 'high', type: 'WebAssembly.Memory' });
    expect(suspect?.recommendation).toMatch(/free\(\)/);
  });

  it('says nothing of a window of buffers, nor of a pool that was filled', () => {
    const window = bufferSite(sliding());
    const filled = bufferSite(Array.from({ length: 20 }, (_, round) => (round < 5 ? 9 : 0)));
    expect(judgeExternal(evidence({ externalSites: [window] }))).toBeNull();
    expect(judgeExternal(evidence({ externalSites: [filled] }))).toBeNull();
    const plateau = (round: number) => 2 + Math.min(5, round);
    expect(judgeExternal(evidence({ externalMiB: plateau, externalSites: [filled] }))).toBeNull();
  });
});
