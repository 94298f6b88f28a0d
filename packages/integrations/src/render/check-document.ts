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
    /** Whether memx ended the program, because the time was up, or a leak beyond doubt. */
    readonly stoppedByMemx: boolean;
  };
  readonly suspects: readonly CheckSuspect[];
  /** What the line of a site in the program's own files is: the one that allocates or calls, or its function's start. */
  readonly precision: 'line' | 'function';
  /** What the program was given to do (`--load`, `--call`); null where it was on its own. */
  readonly work: {
    readonly unit: 'request' | 'call';
    readonly done: number;
    readonly failed: number;
    /** While growth was measured; null where nothing was done then. */
    readonly perSecond: number | null;
  } | null;
  readonly heap: LeakReport['heap'] | null;
  /** From when on the verdict was that there is a leak; null where it is not. */
  readonly detectedAtMs: number | null;
  /** From when on the leak was beyond doubt; with `--until-sure` the program was ended then. Null where it was not. */
  readonly sureAtMs: number | null;
  readonly rounds: number;
  readonly pauses: PauseAccount;
  /** When undecided: how much longer to watch. */
  readonly waitMs: number | null;
  readonly notes: readonly string[];
  /** Why the program could not be measured. */
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** With growth per unit of the work that was given, where some was. */
export type CheckSuspect = LeakSuspect & {
  readonly growthBytesPerRequest?: number;
  readonly growthBytesPerCall?: number;
};

const RANK: Readonly<Record<Confidence, number>> = { low: 1, medium: 2, high: 3 };

export function suspectsAtLeast(suspects: readonly CheckSuspect[], least: Confidence): CheckSuspect[] {
  return suspects.filter(({ confidence }) => RANK[confidence] >= RANK[least]);
}
