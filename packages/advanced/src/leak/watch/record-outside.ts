import { recordExternalMemory } from '../../external/external-recording.js';
import { recordResources } from '../../resources/resource-recording.js';

/** Of what samples may take. */
const EXTERNAL_SHARE = 0.5;

/** @see {@link recordOutside} */
export interface OutsideOptions {
  readonly samplingIntervalBytes: number;
  /** The share of the time that samples may take; null (the default) for as much as they need. */
  readonly samplingBudget?: number | null;
}

/**
 * Makes the calling thread tell a watch of it what is made outside of V8's heap, and where: buffers and the memory of
 * WebAssembly; and what it opens: files, sockets, workers and child processes. Until it is disposed, which puts the original
 * functions back, or the thread ends. Without it a watch sees such memory grow, but not who makes it, and no resources.
 *
 * Costs what the sampling of external memory does: about 30 ns a buffer and 10–100 µs a sample (Node 20), and as much for
 * each opening, of at most some 200 a round.
 */
export function recordOutside(options: OutsideOptions): Disposable {
  const external = recordExternalOrNot(options);
  const forgetResources = recordResources();
  let isOver = false;
  return {
    [Symbol.dispose]() {
      if (isOver) return;
      isOver = true;
      forgetResources();
      external?.[Symbol.dispose]();
    },
  };
}

function recordExternalOrNot({ samplingIntervalBytes, samplingBudget = null }: OutsideOptions) {
  const budgetShare = samplingBudget === null ? null : samplingBudget * EXTERNAL_SHARE;
  try {
    return recordExternalMemory({ samplingIntervalBytes, measure: 'live', budgetShare });
  } catch {
    return null; // Another one samples with other options: the watch goes on without sites of external memory.
  }
}
