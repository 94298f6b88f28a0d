import type { LeakReport } from '../leak-report.js';

/** Memory as it is right after a major collection. */
export type FloorMetric = 'heapUsedBytes' | 'externalBytes' | 'arrayBuffersBytes' | 'rssBytes';

/** A metric whose floor rises. No verdict: a cache that fills for an hour rises, too. */
export interface FloorAlarm {
  readonly metric: FloorMetric;
  readonly bytesPerSecond: number;
  readonly grownBytes: number;
  readonly currentBytes: number;
  /** V8's heap limit, or that of the container or machine. */
  readonly limitBytes: number;
  /** At this pace. */
  readonly timeToLimitMs: number;
  /** How many major collections, over how long, say so. */
  readonly readings: number;
  readonly spanMs: number;
}

/** Objects that should be gone, by the reason that was given for it. */
export interface WatchedObjects {
  readonly reason: string;
  /** Still alive, two major collections and five seconds after `watch`. */
  readonly retained: number;
  /** Judged so far, those let go included. */
  readonly judged: number;
  /** Too young to be judged. */
  readonly pending: number;
}

/** What was asked for, as its route tells it. */
export interface RequestRoute {
  readonly method: string;
  /** The pattern of the route that answered, as `/users/:id`; null where there was none. */
  readonly route: string | null;
}

/** Requests of a route that are over, and should be gone. */
export interface WatchedRequests extends RequestRoute {
  /** Still alive, two major collections and `leastRequestAgeMs` after they were over. */
  readonly retained: number;
  /** Judged so far, those let go included: a sample of all requests. */
  readonly judged: number;
  /** Of those judged, between 0 and 1. */
  readonly retainedShare: number;
  /** Too young to be judged. */
  readonly pending: number;
}

/** What a production watch tells. */
export type LeakWatchEvent =
  | ({ readonly kind: 'alarm' } & FloorAlarm)
  | ({ readonly kind: 'suspect'; readonly witness: 'objects' } & WatchedObjects)
  /** A route's requests are kept, ever more of them. */
  | ({ readonly kind: 'suspect'; readonly witness: 'requests' } & WatchedRequests)
  /** Only with `maxPauseShare`: birth cohorts say which functions' objects stay. */
  | { readonly kind: 'suspect'; readonly witness: 'sites'; readonly report: LeakReport }
  /** An alarm or suspicion that no longer holds. */
  | { readonly kind: 'recovered'; readonly from: 'alarm'; readonly metric: FloorMetric }
  | { readonly kind: 'recovered'; readonly from: 'objects'; readonly reason: string }
  | ({ readonly kind: 'recovered'; readonly from: 'requests' } & RequestRoute)
  | { readonly kind: 'recovered'; readonly from: 'sites' };
