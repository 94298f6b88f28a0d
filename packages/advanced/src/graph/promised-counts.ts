import { MemxError } from '@memx/core';
import { readMemoryLimits } from '../process/memory-limits.js';
import { snapshotFormatError } from '../snapshot/snapshot-format-error.js';
import type { SnapshotLayout } from '../snapshot/snapshot-layout.js';
import { MOST_NODES } from './edge-word.js';

const MOST_EDGES = 2 ** 31 - 1;
/** A digit and what parts it from the next number. */
const LEAST_BYTES_PER_NUMBER = 2;
/** Of the columns alone; see heap-columns.ts. */
const NODE_BYTES = 17;
const EDGE_BYTES = 4;

/**
 * Refuses counts that cannot be true or that nobody could hold, before columns are made of them: a damaged header may
 * promise anything.
 *
 * @param mostTextBytes what the text can have at most; null where nobody knows
 * @throws MemxError `ERR_MEMX_SNAPSHOT_FORMAT`, `ERR_MEMX_UNSUPPORTED` beyond 2^28 nodes or 2^31 edges,
 * `ERR_MEMX_TOO_EXPENSIVE` beyond the machine's memory
 */
export function checkPromisedCounts(layout: SnapshotLayout, mostTextBytes: number | null): void {
  const { nodeCount, nodeLength, edgeCount, edgeLength } = layout;
  const seen = `${nodeCount} nodes, ${edgeCount} edges`;
  if (nodeCount === 0) throw snapshotFormatError('a heap with at least a root', null, '0 nodes');
  const leastTextBytes = (nodeCount * nodeLength + edgeCount * edgeLength) * LEAST_BYTES_PER_NUMBER;
  if (mostTextBytes !== null && leastTextBytes > mostTextBytes) {
    throw snapshotFormatError(`all that its header promises, and the text ends`, mostTextBytes, seen);
  }
  if (nodeCount > MOST_NODES || edgeCount > MOST_EDGES) {
    throw new MemxError('ERR_MEMX_UNSUPPORTED', {
      what: 'The heap snapshot has more than 2^28 nodes or 2^31 edges',
      value: seen,
      remedy: 'Count its objects with the histogram, which has no such bounds.',
    });
  }
  if (nodeCount * NODE_BYTES + edgeCount * EDGE_BYTES > machineBytes()) throw tooLarge(seen);
}

/** The error to throw for one met while columns are made: V8 says in a RangeError that it cannot have so much memory. */
export function nameMissingMemory(error: unknown, bytesRead: number): unknown {
  const isRefused = error instanceof RangeError && /allocation failed|array length/i.test(error.message);
  return isRefused ? tooLarge(`${bytesRead} bytes read`, error) : error;
}

function tooLarge(seen: string, cause?: unknown): MemxError {
  return new MemxError('ERR_MEMX_TOO_EXPENSIVE', {
    what: 'The graph of the heap snapshot needs more memory than there is',
    value: seen,
    remedy: 'Open it on a larger machine, or count its objects with the histogram, which holds none of them.',
    ...(cause === undefined ? {} : { cause }),
  });
}

function machineBytes(): number {
  const { machineBytes, containerBytes } = readMemoryLimits();
  return Math.min(machineBytes, containerBytes ?? machineBytes);
}
