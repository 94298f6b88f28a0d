import type { SpanReading } from './span-meter.js';

/** One request, from its arrival until its response was closed. */
export interface RequestRecord extends SpanReading {
  readonly method: string;
  /** The pattern of the route that answered, as `/users/:id`; null when there was none, or the framework hides it. */
  readonly route: string | null;
  /** Null when the connection went away before a head was written. */
  readonly statusCode: number | null;
}
