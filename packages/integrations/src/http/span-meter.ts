import type { MemorySource } from '@memx/core';
import { OverlapCounter } from './overlap-counter.js';

/** What happened to the process between the start of a span and now. */
export interface SpanReading {
  /** Difference of the process' resident set. Everything that ran meanwhile is in it. */
  readonly deltaBytes: number;
  readonly durationMs: number;
  /** How many other spans were open at any moment of this one: 0 is the only delta that is this span's own. */
  readonly overlapped: number;
}

/** Work in progress. */
export interface Span {
  /** Costs one reading of the source. */
  read(): SpanReading;
  /** Takes it out of the count; twice is harmless. */
  end(): void;
}

/** Measures spans of work, and counts for each how many others overlapped it. Constant time and memory per span. */
export class SpanMeter {
  private readonly source: MemorySource;
  private readonly spans = new OverlapCounter();

  constructor(source: MemorySource) {
    this.source = source;
  }

  /** Spans begun and not ended. */
  get openSpans(): number {
    return this.spans.open;
  }

  begin(): Span {
    const start = this.source.read();
    const overlap = this.spans.begin();
    return {
      read: () => {
        const now = this.source.read();
        return {
          deltaBytes: now.rssBytes - start.rssBytes,
          durationMs: now.timeMs - start.timeMs,
          overlapped: overlap.count(),
        };
      },
      end: overlap.end,
    };
  }
}
