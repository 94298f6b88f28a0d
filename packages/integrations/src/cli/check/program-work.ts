import { performance } from 'node:perf_hooks';
import type { LeakEvidence } from '@memx/advanced';
import type { ListeningServer } from '../load/listening-server.js';
import type { LoadPlan } from '../load/parse-load.js';
import { RunningLoad } from '../load/running-load.js';
import { restOf } from '../work/rest.js';
import { WorkLog } from '../work/work-log.js';

/** What the program was given to do. */
export interface WorkDone {
  readonly unit: 'request' | 'call';
  readonly done: number;
  readonly failed: number;
  /** In the time in which growth was measured; null where nothing was done. */
  readonly perSecond: number | null;
  /** Of most failures: `404 Not Found`, `ECONNREFUSED`. */
  readonly failure: string | null;
  /** What went wrong with the load itself, in sentences. */
  readonly problems: readonly string[];
}

export interface ProgramWorkOptions {
  readonly unit: WorkDone['unit'];
  readonly loads: readonly LoadPlan[];
  readonly durationMs: number;
}

const COUNT_EVERY_MS = 100;

/** Gives a program work while it is watched, or counts what it does, on the clock of the watch. */
export class ProgramWork implements Disposable {
  readonly #options: ProgramWorkOptions;
  readonly #log = new WorkLog();
  readonly #isCountedByProgram: boolean;
  #load: RunningLoad | null = null;
  #timers: NodeJS.Timeout[] = [];
  #served = { done: 0, failed: 0 };
  /** When the watch began, on this process' clock. */
  #watchBeganAt: number | null = null;

  constructor(options: ProgramWorkOptions) {
    this.#options = options;
    this.#isCountedByProgram =
      options.unit === 'call' || options.loads.some(({ kind }) => kind === 'command');
  }

  begin(server: ListeningServer): void {
    if (this.#load) return;
    const { loads, durationMs } = this.#options;
    this.#load = new RunningLoad(loads, server);
    this.#timers = [
      setInterval(() => this.#count(), COUNT_EVERY_MS),
      setTimeout(() => this.end(), durationMs - restOf(durationMs)),
    ];
  }

  /** The program's own count. */
  told({ done, failed }: { readonly done: number; readonly failed: number }): void {
    this.#served = { done, failed };
    this.#count();
  }

  /** News of the watch come late, never early: the earliest tells when it began. */
  align(elapsedMs: number): void {
    const beganAt = performance.now() - elapsedMs;
    this.#watchBeganAt = Math.min(this.#watchBeganAt ?? beganAt, beganAt);
  }

  /** Ends the load. Twice is harmless. */
  end(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [];
    if (this.#load) this.#count();
    this.#load?.[Symbol.dispose]();
  }

  [Symbol.dispose](): void {
    this.end();
  }

  summarize(evidence: LeakEvidence | null): WorkDone {
    const { tally, problems } = this.#load ?? {};
    const failed = this.#isCountedByProgram ? this.#served.failed : (tally?.failed ?? 0);
    return {
      unit: this.#options.unit,
      done: this.#log.done,
      failed,
      perSecond: this.#perSecond(evidence),
      failure: failed > 0 ? (tally?.mainReason ?? null) : null,
      problems: problems ?? [],
    };
  }

  #count(): void {
    const done = this.#isCountedByProgram ? this.#served.done : (this.#load?.tally.made ?? 0);
    this.#log.record(performance.now(), done);
  }

  #perSecond(evidence: LeakEvidence | null): number | null {
    const [fromMs, toMs] = (evidence && growthSpan(evidence)) ?? [];
    if (fromMs === undefined || toMs === undefined || this.#watchBeganAt === null) return null;
    return this.#log.perSecond(this.#watchBeganAt + fromMs, this.#watchBeganAt + toMs);
  }
}

/** The time to which a suspect's growth belongs: that of the type readings, or else of the rounds. */
function growthSpan({ threads }: LeakEvidence): readonly [number, number] | null {
  const [main] = threads;
  if (!main) return null;
  const times = (main.types.length >= 3 ? main.types.slice(-3) : main.rounds).map(({ timeMs }) => timeMs);
  const [first] = times;
  const last = times.at(-1);
  return first === undefined || last === undefined ? null : [first, last];
}
