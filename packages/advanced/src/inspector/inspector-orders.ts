export interface InspectorWorkerData {
  readonly task: object;
  /** Two flags in shared memory: {@link STOP_ASKED}, {@link RELEASED}. */
  readonly control: Int32Array;
}

/** The work is to end: for a worker that has not booted yet, and so would get a message too late. */
export const STOP_ASKED = 0;
/** The inspector session is closed. */
export const RELEASED = 1;

/** `stop` ends the work, `close` the thread. */
export type InspectorOrder = 'stop' | 'close';

/** What the thread says when its work is over and its session closed. */
export const ENDED = 'ended';
