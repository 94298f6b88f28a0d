import { MemxError } from '@memx/core';
import type { SamplingOptions } from '../inspector/heap-protocol.js';
import { ThreadInspector } from '../inspector/thread-inspector.js';
import { type AllocationSample, SamplingProfileDecoder } from './sampling-profile-decoder.js';

/** V8 has one sampling session per isolate: all profilers of a thread share it, and the last one ends it. */
interface SharedSampling {
  readonly inspector: ThreadInspector;
  readonly options: SamplingOptions;
  readonly decoder: SamplingProfileDecoder;
  users: number;
}

// Two copies of memx in one thread (ESM and CommonJS) must agree on it.
const SHARED = Symbol.for('memx.sampling/1');
const registry = globalThis as typeof globalThis & { [SHARED]?: SharedSampling | undefined };

/** A share in the thread's sampling session. */
export interface SamplingLease extends Disposable {
  /** The samples of what was allocated since the lease began. Costs a full collection. */
  read(): AllocationSample[];
}

/**
 * Starts sampling, or joins the session that another profiler of memx started with the same options.
 *
 * @throws MemxError `ERR_MEMX_SESSION_BUSY` when somebody else samples this thread, or memx does so differently.
 */
export function leaseSampling(options: SamplingOptions): SamplingLease {
  const joined = registry[SHARED];
  const session = joined ? join(joined, options) : start(options);
  // Joining costs a collection: what is already there must be known to be left out.
  const allocatedBefore = joined ? highestOrdinal(readSamples(session)) : 0;
  session.users += 1;
  let released = false;
  return {
    read: () => readSamples(session).filter(({ ordinal }) => ordinal > allocatedBefore),
    [Symbol.dispose]() {
      if (released) return;
      released = true;
      release(session);
    },
  };
}

function start(options: SamplingOptions): SharedSampling {
  const inspector = new ThreadInspector();
  try {
    inspector.startSampling(options);
  } catch (error) {
    inspector[Symbol.dispose]();
    throw error;
  }
  const session = { inspector, options, decoder: new SamplingProfileDecoder(), users: 0 };
  registry[SHARED] = session;
  return session;
}

function join(session: SharedSampling, wanted: SamplingOptions): SharedSampling {
  const { intervalBytes, includeCollected } = session.options;
  if (intervalBytes === wanted.intervalBytes && includeCollected === wanted.includeCollected) return session;
  throw new MemxError('ERR_MEMX_SESSION_BUSY', {
    what: 'Another profiler of this thread runs with other options',
    value: session.options,
    remedy: 'Give both the same samplingIntervalBytes and measure, or stop the other one first.',
  });
}

function release(session: SharedSampling): void {
  session.users -= 1;
  if (session.users > 0) return;
  registry[SHARED] = undefined;
  // Disconnecting ends the sampling too, without the full collection that HeapProfiler.stopSampling costs.
  session.inspector[Symbol.dispose]();
}

function readSamples({ inspector, decoder }: SharedSampling): AllocationSample[] {
  return decoder.decode(inspector.readSamplingProfile());
}

function highestOrdinal(samples: readonly AllocationSample[]): number {
  return samples.reduce((highest, { ordinal }) => Math.max(highest, ordinal), 0);
}
