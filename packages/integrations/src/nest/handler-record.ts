import type { SpanReading } from '../http/span-meter.js';

/** One call of a handler, until its answer was complete. `overlapped` counts other handlers. */
export interface HandlerRecord extends SpanReading {
  /** The name of the class: `UsersController`. */
  readonly controller: string;
  /** The name of the method: `findOne`. */
  readonly handler: string;
  /** `cancelled` when nobody waited any longer, as with an event stream whose client went away. */
  readonly outcome: 'completed' | 'failed' | 'cancelled';
}
