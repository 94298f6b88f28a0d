import { type MemorySample, processSource } from '@memx/core';
import { OverlapCounter } from '../http/overlap-counter.js';
import { openCollector } from './collector.js';
import { startPeakRss } from './peak-rss.js';
import type { TestMemory } from './test-memory.js';

/** A test that is being measured. */
export interface TestMeasurement {
  end(): TestMemory;
}

/** Measures the tests of one file. */
export class TestMeter {
  private readonly collect: (() => void) | undefined;
  private readonly overlaps = new OverlapCounter();
  private readPeak: () => number | null = () => null;

  constructor({ forceGc }: { readonly forceGc: boolean }) {
    this.collect = forceGc ? openCollector() : undefined;
  }

  begin(): TestMeasurement {
    this.collect?.();
    // Tests that overlap share a record: to start a new one would take the peak from those already running.
    if (this.overlaps.open === 0) this.readPeak = startPeakRss();
    const { readPeak } = this;
    const overlap = this.overlaps.begin();
    const before = processSource.read();
    return {
      end: () => {
        const rssPeakBytes = readPeak();
        this.collect?.();
        const deltas = subtract(processSource.read(), before);
        overlap.end();
        return {
          ...deltas,
          rssPeakBytes,
          garbageCollected: this.collect !== undefined,
          overlapped: overlap.count(),
        };
      },
    };
  }
}

function subtract(after: MemorySample, before: MemorySample) {
  return {
    heapUsedDeltaBytes: (after.heapUsedBytes ?? 0) - (before.heapUsedBytes ?? 0),
    externalDeltaBytes: (after.externalBytes ?? 0) - (before.externalBytes ?? 0),
    rssDeltaBytes: after.rssBytes - before.rssBytes,
  };
}
