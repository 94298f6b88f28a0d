/** Processor time that the process has used, all its threads together. */
export interface CpuUse {
  readonly userMs: number;
  readonly systemMs: number;
  /** Since the process started. 100 is one core busy all the time; several threads can use more. */
  readonly percentSinceStart: number;
  /** Since the snapshot given as `since`; null without one, and when no time has passed. */
  readonly percentSinceLast: number | null;
}

/** Processor time at a moment of the process's life. */
interface CpuMoment {
  readonly uptimeMs: number;
  readonly cpu: { readonly userMs: number; readonly systemMs: number };
}

export function measureCpuUse(now: CpuMoment, since: CpuMoment | undefined): CpuUse {
  const start: CpuMoment = { uptimeMs: 0, cpu: { userMs: 0, systemMs: 0 } };
  return {
    ...now.cpu,
    percentSinceStart: percentBetween(start, now) ?? 0,
    percentSinceLast: since === undefined ? null : percentBetween(since, now),
  };
}

function percentBetween(from: CpuMoment, to: CpuMoment): number | null {
  const elapsedMs = to.uptimeMs - from.uptimeMs;
  const busyMs = to.cpu.userMs + to.cpu.systemMs - from.cpu.userMs - from.cpu.systemMs;
  return elapsedMs > 0 ? (100 * busyMs) / elapsedMs : null;
}
