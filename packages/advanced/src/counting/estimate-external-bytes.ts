import type { CallWindow } from './measure-windows.js';

/**
 * Bytes per call outside of V8's heap.
 *
 * Both counters fall when a collection's buffers are freed: V8's own (`external`) at once in the allocation that
 * comes after it, Node's (`arrayBuffers`) bit by bit from another thread. They seldom fall in the same window, so the
 * larger change is what the calls took; windows where both fell are left out. How much of it array buffers are cannot
 * be told apart exactly: with a thread that frees, Node's counter lacked up to 15 % in every window (Node 22).
 */
export function estimateExternalBytes(windows: readonly CallWindow[]): number {
  let calls = 0;
  let bytes = 0;
  for (const window of windows) {
    const taken = Math.max(window.externalBytes, window.arrayBuffersBytes);
    if (taken < 0) continue;
    calls += window.calls;
    bytes += taken;
  }
  return calls === 0 ? 0 : bytes / calls;
}
