import type { Confidence, LeakReport, LeakSuspect, PauseAccount } from '@memx/advanced';

/** What `memx check --json` prints. Fields are added, never removed or changed in meaning. */
export interface CheckDocument {
  readonly schema: 'memx.check/1';
  /** `undecided` also when the program could not be measured: see `error`. */
  readonly outcome: LeakReport['outcome'];
  readonly node: string;
  /** How long the program was watched, until the last round. */
  readonly durationMs: number;
  readonly program: {
    readonly exitCode: number | null;
    readonly signal: string | null;
    /** Whether memx ended the program, because the time was up. */
    readonly stoppedByMemx: boolean;
  };
  readonly suspects: readonly LeakSuspect[];
  /** What the line of a site in the program's own files is: the one that allocates or calls, or its function's start. */
  readonly precision: 'line' | 'function';
  readonly heap: LeakReport['heap'] | null;
  /** From when on the verdict was that there is a leak; null where it is not. */
  readonly detectedAtMs: number | null;
  readonly rounds: number;
  readonly pauses: PauseAccount;
  /** When undecided: how much longer to watch. */
  readonly waitMs: number | null;
  readonly notes: readonly string[];
  /** Why the program could not be measured. */
  readonly error: { readonly code: string; readonly message: string } | null;
}

const RANK: Readonly<Record<Confidence, number>> = { low: 1, medium: 2, high: 3 };

export function suspectsAtLeast(suspects: readonly LeakSuspect[], least: Confidence): LeakSuspect[] {
  return suspects.filter(({ confidence }) => RANK[confidence] >= RANK[least]);
}
