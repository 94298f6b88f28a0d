import { median } from './median.js';
import type { WindowGrowth } from './window-growth.js';

/** What some calls allocated. */
export interface AllocatedBytes {
  readonly bytes: number;
  readonly calls: number;
}

export type YoungGrowth = Pick<WindowGrowth, 'youngBytes' | 'slackBytes'> & { readonly calls: number };

/**
 * The windows' young bytes without the ends of pages: a window that filled a page is given the bytes that are
 * typical of windows that filled none, as far as its certain bytes allow.
 */
export function withoutPageEnds(windows: readonly YoungGrowth[]): AllocatedBytes[] {
  const exact = windows.filter(({ slackBytes }) => slackBytes === 0);
  const typical = median(exact.map(({ youngBytes, calls }) => youngBytes / calls));
  return windows.map(({ youngBytes, slackBytes, calls }) => {
    if (slackBytes === 0 || typical === undefined) return { bytes: youngBytes, calls };
    const certain = Math.max(0, youngBytes - slackBytes);
    return { bytes: Math.min(youngBytes, Math.max(certain, typical * calls)), calls };
  });
}

/** V8 leaves so much in a young page at most when it optimises or throws optimised code away (Node 20 to 26). */
const STRAY_BYTES = 4 * 1024;
const STRAY_SHARE = 0.04;
const ROUNDING = 1e-9;

/**
 * Where calls are alike but for a few windows, what little these have more or less is V8's own: they are given what the
 * others have. More than 4 KiB may well be the calls', and stays.
 */
export function withoutStrays(windows: readonly AllocatedBytes[]): readonly AllocatedBytes[] {
  const typical = median(windows.map(({ bytes, calls }) => bytes / calls)) ?? 0;
  const strays = windows.filter(
    ({ bytes, calls }) => Math.abs(bytes - typical * calls) > ROUNDING * (1 + bytes),
  );
  if (strays.length > Math.max(1, STRAY_SHARE * windows.length)) return windows;
  return windows.map((window) =>
    Math.abs(window.bytes - typical * window.calls) <= STRAY_BYTES
      ? { bytes: typical * window.calls, calls: window.calls }
      : window,
  );
}

export function bytesPerCall(windows: readonly AllocatedBytes[]): number {
  const bytes = windows.reduce((sum, window) => sum + window.bytes, 0);
  const calls = windows.reduce((sum, window) => sum + window.calls, 0);
  return calls === 0 ? 0 : bytes / calls;
}

/** Bytes per call of at most so many stretches of equally many neighbouring windows; what is left over is left out. */
export function batchRates(windows: readonly AllocatedBytes[], most: number): number[] {
  const size = Math.max(1, Math.ceil(windows.length / most));
  return Array.from({ length: Math.floor(windows.length / size) }, (_, batch) =>
    bytesPerCall(windows.slice(batch * size, (batch + 1) * size)),
  );
}
