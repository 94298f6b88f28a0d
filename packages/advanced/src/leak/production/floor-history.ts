import type { MemoryLimits } from '../../process/memory-limits.js';
import { spreadEvenly } from '../even-spread.js';
import { steadyRise } from '../judge/steady-rise.js';
import type { FloorAlarm, FloorMetric } from './leak-watch-event.js';

export type FloorReading = { readonly timeMs: number } & Readonly<Record<FloorMetric, number>>;

export interface FloorRules {
  /** An alarm needs so much time behind it. */
  readonly leastSpanMs: number;
  readonly leastGrownBytes: number;
}

const METRICS: readonly FloorMetric[] = ['heapUsedBytes', 'externalBytes', 'arrayBuffersBytes', 'rssBytes'];
const MAX_READINGS = 128;
const LEAST_READINGS = 8;
/** What a program does while it starts is no trend. */
const WARM_UP_SHARE = 0.25;

/** Memory after major collections, for as long as a process lives, in at most 128 readings that cover its time evenly. */
export class FloorHistory {
  readonly #rules: FloorRules;
  #readings: readonly FloorReading[] = [];

  constructor(rules: FloorRules) {
    this.#rules = rules;
  }

  get readings(): readonly FloorReading[] {
    return this.#readings;
  }

  add(reading: FloorReading): void {
    this.#readings = [...this.#thinned(), reading];
  }

  /** The metrics that rise. About 1 ms with 128 readings. */
  judge(limits: MemoryLimits): FloorAlarm[] {
    const warm = this.#readings.slice(Math.floor(this.#readings.length * WARM_UP_SHARE));
    const [first] = warm;
    const last = warm.at(-1);
    if (!first || !last || warm.length < LEAST_READINGS) return [];
    const spanMs = last.timeMs - first.timeMs;
    if (spanMs < this.#rules.leastSpanMs) return [];
    const seconds = warm.map(({ timeMs }) => timeMs / 1000);
    return METRICS.flatMap((metric): FloorAlarm[] => {
      const grownBytes = last[metric] - first[metric];
      if (grownBytes < this.#rules.leastGrownBytes) return [];
      const values = warm.map((reading) => reading[metric]);
      const bytesPerSecond = steadyRise(seconds, values);
      if (bytesPerSecond === null || fallsBack(seconds, values)) return [];
      const { limitBytes, leftBytes } = roomOf(metric, { limits, last });
      const timeToLimitMs = (Math.max(0, leftBytes) / bytesPerSecond) * 1000;
      const [currentBytes, readings] = [last[metric], warm.length];
      return [
        { metric, bytesPerSecond, grownBytes, currentBytes, limitBytes, timeToLimitMs, readings, spanMs },
      ];
    });
  }

  #thinned(): readonly FloorReading[] {
    if (this.#readings.length < MAX_READINGS) return this.#readings;
    const kept = spreadEvenly(
      this.#readings.map(({ timeMs }) => timeMs),
      MAX_READINGS / 2,
    );
    return kept.flatMap((index) => this.#readings[index] ?? []);
  }
}

/** A sawtooth comes down to where it was: its lowest in the last third of the time is below what was usual in the first. */
function fallsBack(seconds: readonly number[], values: readonly number[]): boolean {
  const [start = 0] = seconds;
  const third = ((seconds.at(-1) ?? 0) - start) / 3;
  const first = values.filter((_, index) => (seconds[index] ?? 0) <= start + third).sort((a, b) => a - b);
  const last = values.filter((_, index) => (seconds[index] ?? 0) >= start + third * 2);
  return Math.min(...last) <= (first[first.length >> 1] ?? 0);
}

/** V8's heap has a limit of its own; all other memory counts against the container, or the machine. */
function roomOf(
  metric: FloorMetric,
  { limits, last }: { readonly limits: MemoryLimits; readonly last: FloorReading },
): { readonly limitBytes: number; readonly leftBytes: number } {
  if (metric === 'heapUsedBytes') {
    return { limitBytes: limits.heapBytes, leftBytes: limits.heapBytes - last.heapUsedBytes };
  }
  const limitBytes = limits.containerBytes ?? limits.machineBytes;
  return { limitBytes, leftBytes: limitBytes - last.rssBytes };
}
