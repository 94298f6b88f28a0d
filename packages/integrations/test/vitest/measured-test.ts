import type { MeasuredTest } from '../../src/vitest/dearest-tests.js';
import type { TestMemory } from '../../src/vitest/test-memory.js';

/** A test that was measured, with made-up numbers. */
export function measured(
  name: string,
  heap: number,
  external: number,
  rest: Partial<TestMemory> = {},
): MeasuredTest {
  const memory = {
    heapUsedDeltaBytes: heap,
    externalDeltaBytes: external,
    rssDeltaBytes: 3 * 1024,
    rssPeakBytes: 100 * 1024 * 1024,
    garbageCollected: false,
    overlapped: 0,
  };
  return { name, memory: { ...memory, ...rest } };
}
