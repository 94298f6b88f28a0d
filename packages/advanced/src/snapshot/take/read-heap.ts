import { runInThisContext } from 'node:vm';
import { countListReferences } from '../price/count-list-references.js';
import { type CountingSession, countObjects } from '../price/count-objects.js';
import { dependsOnLists } from '../price/price-terms.js';
import type { HeapReading } from './heap-source.js';

/** What a heap answers when it is asked by {@link heapQuestion}. */
interface HeapAnswer {
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
const heapQuestion = `(() => {
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

/** The inspector of the heap's own thread. */
export interface HeapSession extends CountingSession {
  evaluate<Value>(expression: string): Promise<Value>;
}

/** What a collection of so long takes is told well enough by one or two of them. */
const ENOUGH_MICROS = 150_000;

/**
 * Asks before and after up to three collections; one before them sweeps, and is not counted. The least is the least
 * disturbed.
 */
export async function readHeap(session: HeapSession): Promise<HeapReading> {
  const rounds = collectionRounds();
  for (let step = rounds.next(); ; step = rounds.next(await session.evaluate<HeapAnswer>(heapQuestion))) {
    if (step.done) {
      const objectCounts = await countObjects(session, step.value.heapUsedBytes);
      const looks = objectCounts !== null && dependsOnLists(objectCounts);
      return {
        ...step.value,
        objectCounts,
        listReferences: looks ? await countListReferences(session, objectCounts.listSlots) : null,
      };
    }
    await session.post('HeapProfiler.collectGarbage');
  }
}

/** {@link readHeap} of the calling thread, without a turn of the event loop, and so without the objects' counts. */
export function readHeapNow(collect: () => void): HeapReading {
  const rounds = collectionRounds();
  for (let step = rounds.next(); ; step = rounds.next(runInThisContext(heapQuestion) as HeapAnswer)) {
    if (step.done) return step.value;
    collect();
  }
}

/** Each turn asks for a collection, and for what the heap answers after it. */
function* collectionRounds(): Generator<undefined, HeapReading, HeapAnswer> {
  let before = yield;
  let leastMicros = Number.POSITIVE_INFINITY;
  let spentMicros = 0;
  for (let round = 0; round < 3 && spentMicros < ENOUGH_MICROS; round++) {
    const after = yield;
    const roundMicros = after.cpuMicros - before.cpuMicros;
    leastMicros = Math.min(leastMicros, roundMicros);
    spentMicros += roundMicros;
    before = after;
  }
  return {
    heapUsedBytes: before.heapUsed,
    largeObjectBytes: before.largeObjects,
    collectionCpuMs: leastMicros / 1_000,
    availableMemoryBytes: before.available,
    objectCounts: null,
    listReferences: null,
  };
}
