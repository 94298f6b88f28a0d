import type { Confidence } from '../leak-report.js';

const CONFIDENCE_RANK: Readonly<Record<Confidence, number>> = { low: 1, medium: 2, high: 3 };

interface Ranked {
  readonly confidence: Confidence;
  readonly growthBytesPerSecond: number;
}

/** Surest first, then fastest first. */
export function bySureness(a: Ranked, b: Ranked): number {
  return (
    CONFIDENCE_RANK[b.confidence] - CONFIDENCE_RANK[a.confidence] ||
    b.growthBytesPerSecond - a.growthBytesPerSecond
  );
}

export function surer(a: Confidence | null, b: Confidence): Confidence {
  return a !== null && CONFIDENCE_RANK[a] >= CONFIDENCE_RANK[b] ? a : b;
}
