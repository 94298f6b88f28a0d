/**
 * How a watch in one thread asks the inspectors of the others: V8 lets a thread reach its own isolate and the main one
 * only. `BroadcastChannel` needs no port to be handed around, so that the program's own messages stay its own.
 */

/** Where threads say that they are there. */
export const ROLL_CALL = 'memx.isolates/1';

/** The channel of one thread: orders and answers. */
export function channelOf(threadId: number): string {
  return `memx.isolate/1/${threadId}`;
}

export type RollCall =
  | { readonly kind: 'who' }
  | { readonly kind: 'here'; readonly threadId: number }
  | { readonly kind: 'gone'; readonly threadId: number };

export type IsolateOrderName =
  | 'startSampling'
  | 'stopSampling'
  | 'readSamplingProfile'
  | 'readMemory'
  | 'takeHeapSnapshot'
  | 'forgetObjectIds'
  | 'evaluate';

export interface IsolateOrder {
  readonly kind: 'order';
  readonly id: number;
  readonly name: IsolateOrderName;
  readonly argument: unknown;
}

export type IsolateAnswer =
  | { readonly kind: 'begun'; readonly id: number }
  | { readonly kind: 'chunk'; readonly id: number; readonly text: string }
  | { readonly kind: 'done'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'refused'; readonly id: number; readonly message: string };
