import type { HeapReading } from './heap-source.js';

/** What a heap answers when it is asked by {@link heapQuestion}. */
export interface HeapAnswer {
  readonly heapUsed: number;
  readonly largeObjects: number;
  readonly cpuMicros: number;
  readonly available: number;
}

/**
 * An expression that any Node answers, in its main thread or a worker; also over a wire. Only reads.
 *
 * `process.availableMemory` knows the container (Node 20.13 and later); it may answer more than the machine has free.
 */
export const heapQuestion = `(() => {
  const load = process.getBuiltinModule;
  const spaces = load('node:v8').getHeapSpaceStatistics();
  const { user, system } = process.cpuUsage();
  const free = load('node:os').freemem();
  const allowed = process.availableMemory ? process.availableMemory() : free;
  const large = spaces.find((space) => space.space_name === 'large_object_space');
  return {
    heapUsed: process.memoryUsage().heapUsed,
    largeObjects: large ? large.space_used_size : 0,
    cpuMicros: user + system,
    available: allowed > 0 ? Math.min(allowed, free) : free,
  };
})()`;

/** Asks before and after three collections; the first one sweeps, and is not counted. The least is the least disturbed. */
export async function readHeap(
  ask: () => Promise<HeapAnswer>,
  collect: () => Promise<void>,
): Promise<HeapReading> {
  await collect();
  let before = await ask();
  let leastMicros = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3; round++) {
    await collect();
    const after = await ask();
    leastMicros = Math.min(leastMicros, after.cpuMicros - before.cpuMicros);
    before = after;
  }
  return {
    heapUsedBytes: before.heapUsed,
    largeObjectBytes: before.largeObjects,
    collectionCpuMs: leastMicros / 1_000,
    availableMemoryBytes: before.available,
  };
}
