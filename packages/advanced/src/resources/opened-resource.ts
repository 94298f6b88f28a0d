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
  /** Open ones of each kind, and what keeps the event loop alive by Node's name of it (`Timeout`, `TCPSocketWrap`). */
  readonly counts: Readonly<Record<string, number>>;
  /** Most first; only of what was opened after the watch's first reading. */
  readonly openings: readonly OpenedBy[];
}
