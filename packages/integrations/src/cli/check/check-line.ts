import type { WatchUpdate } from '@memx/advanced';
import type { LoadReport } from '@memx/advanced/lines/register';
import type { ListeningServer } from '../load/listening-server.js';

/** What the checked program tells memx, a line each. */
export type CheckLine =
  | WatchUpdate
  | LoadReport
  | { readonly kind: 'listening'; readonly server: ListeningServer }
  /** Calls or requests, counted from the beginning. */
  | { readonly kind: 'work'; readonly done: number; readonly failed: number }
  | { readonly kind: 'call-failed'; readonly message: string };

/** Null for the last line of a killed program, which may be cut. */
export function parseCheckLine(line: string): CheckLine | null {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
