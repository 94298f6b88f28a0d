import type { RequestRoute, WatchedRequests } from './leak-watch-event.js';
import { type ObjectRow, ObjectWatch, type ObjectWatchRules } from './object-watch.js';

/** A leak goes on: what stays comes from so many times between two major collections. */
const LEAST_SPREAD = 3;

/** Whether a route is under suspicion; `unclear` leaves it as it was. */
export type RouteVerdict = 'suspect' | 'unclear' | 'clear';

/**
 * Requests that are over, by route, held weakly: a leak goes on keeping them. The last few that a log or a queue holds go
 * in their turn, and are told from it by those that went after they had been judged to stay.
 */
export class RequestWatch {
  readonly #objects: ObjectWatch;
  readonly #leastRetained: number;
  readonly #routes = new Map<string, RequestRoute>();

  constructor({ leastRetained, ...rules }: ObjectWatchRules & { readonly leastRetained: number }) {
    this.#objects = new ObjectWatch(rules);
    this.#leastRetained = leastRetained;
  }

  add(request: object, { method, route }: RequestRoute, nowMs: number): void {
    const key = `${method} ${route ?? ''}`;
    if (this.#objects.add(request, key, nowMs) && !this.#routes.has(key))
      this.#routes.set(key, { method, route });
  }

  judge(nowMs: number): void {
    this.#objects.judge(nowMs);
  }

  rows(): { readonly requests: WatchedRequests; readonly verdict: RouteVerdict }[] {
    return this.#objects.rows().flatMap((row) => {
      const route = this.#routes.get(row.reason);
      return route ? [{ requests: toWatchedRequests(row, route), verdict: this.#judgeRoute(row) }] : [];
    });
  }

  #judgeRoute({ retained, spread, letGoLate }: ObjectRow): RouteVerdict {
    const least = this.#leastRetained;
    if (retained >= least && spread >= LEAST_SPREAD && letGoLate < retained) return 'suspect';
    // Half of the one, twice the other: what sways around a threshold is told of once.
    return retained <= least / 2 || letGoLate >= retained * 2 ? 'clear' : 'unclear';
  }
}

function toWatchedRequests({ retained, judged, pending }: ObjectRow, route: RequestRoute): WatchedRequests {
  return { ...route, retained, judged, pending, retainedShare: judged === 0 ? 0 : retained / judged };
}
