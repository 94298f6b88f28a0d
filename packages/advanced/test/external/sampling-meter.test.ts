import { describe, expect, it } from 'vitest';
import { SamplingMeter } from '../../src/external/sampling-meter.js';

const BUDGET = 0.005;
const SAMPLE_MS = 0.07;

/** A program that allocates steadily, sampled at the interval that the meter asks for. */
class SteadyProgram {
  readonly #meter = new SamplingMeter(BUDGET, 0);
  intervalBytes = 131_072;
  #nowMs = 0;

  /** @returns the share of the time that went into samples */
  run(seconds: number, bytesPerSecond: number): number {
    const endMs = this.#nowMs + seconds * 1_000;
    let samples = 0;
    while (this.#nowMs < endMs) {
      this.#nowMs += (1_000 * this.intervalBytes) / bytesPerSecond;
      this.intervalBytes *= this.#meter.spend(SAMPLE_MS, this.#nowMs);
      samples += 1;
    }
    return (samples * SAMPLE_MS) / (seconds * 1_000);
  }
}

describe('SamplingMeter', () => {
  it('leaves the interval of a calm program alone', () => {
    const program = new SteadyProgram();
    program.run(60, 3e6);
    expect(program.intervalBytes).toBe(131_072);
  });

  it.each([31e6, 311e6, 3_011e6])('keeps the cost in its budget at %d bytes a second', (bytesPerSecond) => {
    const program = new SteadyProgram();
    program.run(20, bytesPerSecond);
    expect(program.run(60, bytesPerSecond)).toBeLessThan(BUDGET * 1.1);
  });

  it('comes back to a finer interval when a storm is over', () => {
    const program = new SteadyProgram();
    program.run(20, 3_011e6);
    const inStorm = program.intervalBytes;
    program.run(300, 3e6);
    expect(program.intervalBytes).toBeLessThan(inStorm / 8);
  });
});
