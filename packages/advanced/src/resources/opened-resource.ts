import type { CallStack } from '../allocation/sampling-profile-decoder.js';

/** What a program opens and must close. */
export type OpenedKind = 'file descriptor' | 'Socket' | 'Worker' | 'ChildProcess';

/** How many of a kind were opened by one call stack and are open. */
export interface OpenedBy {
  readonly kind: OpenedKind;
  readonly frames: CallStack;
  readonly count: number;
}

/** What a thread holds open. */
export interface ResourceReading {
  /** Numbers up to this one were given to what is open or was. */
  readonly ordinal: number;
  /** Open ones of each kind, and what keeps the event loop alive by Node's name of it (`Timeout`, `TCPSocketWrap`). */
  readonly counts: Readonly<Record<string, number>>;
  /** Most first; as far as they were opened later than was asked for. */
  readonly openings: readonly OpenedBy[];
}
