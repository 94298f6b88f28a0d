import type { CallWindow } from './measure-windows.js';
import { median } from './median.js';

/** Bytes per call outside of V8's heap. */
export interface ExternalEstimate {
  readonly externalBytes: number;
  readonly arrayBuffersBytes: number;
}

/**
 * Both counters fall when a collection's buffers are freed: V8's own (`external`) at once in the allocation that
 * comes after it, Node's (`arrayBuffers`) bit by bit from another thread. They seldom fall in the same window, so the
 * larger change is what the calls took; windows where both fell are left out.
 */
export function estimateExternalBytes(windows: readonly CallWindow[]): ExternalEstimate {
  let calls = 0;
  let bytes = 0;
  for (const window of windows) {
    const taken = Math.max(window.externalBytes, window.arrayBuffersBytes);
    if (taken < 0) continue;
    calls += window.calls;
    bytes += taken;
  }
  const externalBytes = calls === 0 ? 0 : bytes / calls;
  return { externalBytes, arrayBuffersBytes: externalBytes * arrayBuffersShare(windows) };
}

/** Where V8's counter shows no free, Node's may lack a part but never has too much: the largest share is right. */
function arrayBuffersShare(windows: readonly CallWindow[]): number {
  const taking = windows.filter(({ externalBytes }) => externalBytes > 0);
  const typical = median(taking.map(({ externalBytes, calls }) => externalBytes / calls)) ?? 0;
  return taking
    .filter(({ externalBytes, calls }) => externalBytes >= typical * calls)
    .reduce(
      (share, window) => Math.min(1, Math.max(share, window.arrayBuffersBytes / window.externalBytes)),
      0,
    );
}
