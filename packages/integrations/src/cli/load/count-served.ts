/** Runs inside the checked program. */
import { subscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';

const LEAST_ERROR_STATUS = 400;

export interface ServedCounts {
  done: number;
  failed: number;
}

/** Counts what the program's HTTP servers answer, for loads that memx does not send itself. */
export function countServed(): Readonly<ServedCounts> {
  const counts: ServedCounts = { done: 0, failed: 0 };
  subscribe('http.server.response.finish', (message) => {
    const { response } = message as { response: ServerResponse };
    counts.done += 1;
    if (response.statusCode >= LEAST_ERROR_STATUS) counts.failed += 1;
  });
  return counts;
}
