import type { MemorySample } from '@memx/core';

export interface RunAgentConfig {
  readonly intervalMs: number;
}

/** A sample as a line between two processes, whose monotonic clocks meet at the epoch. */
export function encodeSampleLine({ timeMs, ...bytes }: MemorySample, timeOriginMs: number): string {
  return `${JSON.stringify({ ...bytes, epochMs: timeOriginMs + timeMs })}\n`;
}

/** @returns null for a line that was cut when the program was killed */
export function decodeSampleLine(line: string, timeOriginMs: number): MemorySample | null {
  try {
    const { epochMs, ...bytes } = JSON.parse(line);
    return { ...bytes, timeMs: epochMs - timeOriginMs };
  } catch {
    return null;
  }
}
