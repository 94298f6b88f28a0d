import type { TestMemory } from './test-memory.js';

/** A test that was measured. */
export interface MeasuredTest {
  /** File and names: `test/users.test.ts > users > are found`. */
  readonly name: string;
  readonly memory: TestMemory;
}

/** Keeps the few tests of a run that left most memory behind, so that a run of any size costs the same. */
export class DearestTests {
  private readonly limit: number;
  private tests: MeasuredTest[] = [];
  private count = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** How many were added. */
  get seen(): number {
    return this.count;
  }

  add(test: MeasuredTest): void {
    this.count++;
    const kept = keptBytes(test);
    const at = this.tests.findIndex((other) => keptBytes(other) < kept);
    this.tests.splice(at < 0 ? this.tests.length : at, 0, test);
    this.tests.length = Math.min(this.tests.length, this.limit);
  }

  /** Dearest first. */
  list(): readonly MeasuredTest[] {
    return this.tests;
  }

  clear(): void {
    this.tests = [];
    this.count = 0;
  }
}

/** Heap and external memory together: the resident set would blame a test for what V8 reserved ahead. */
function keptBytes({ memory }: MeasuredTest): number {
  return memory.heapUsedDeltaBytes + memory.externalDeltaBytes;
}
