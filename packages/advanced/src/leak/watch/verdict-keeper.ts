import type { LeakEvidence } from '../evidence.js';
import { inOrder, judgeThread } from '../judge/judge-leaks.js';
import { mergeReports } from '../judge/merge-reports.js';
import type { LeakReport } from '../leak-report.js';
import { StandingVerdict } from './standing-verdict.js';
import { SureVerdict } from './sure-verdict.js';

/** The verdict on a whole process that stands after each round. */
export class VerdictKeeper {
  readonly #threads = new Map<number, StandingVerdict>();
  readonly #sure = new SureVerdict();
  #detectedAtMs: number | null = null;

  update({ threads }: LeakEvidence): LeakReport {
    const judged = inOrder(threads).map((evidence) => ({ evidence, latest: judgeThread(evidence) }));
    const report = mergeReports(
      judged.map(({ evidence, latest }) => {
        const standing = this.#threads.get(evidence.thread) ?? new StandingVerdict();
        this.#threads.set(evidence.thread, standing);
        return standing.update(latest, evidence);
      }),
    );
    // A verdict that is held while nothing is done is no new evidence.
    const sureAtMs = this.#sure.update(mergeReports(judged.map(({ latest }) => latest)));
    if (report.outcome !== 'leak') this.#detectedAtMs = null;
    else this.#detectedAtMs ??= report.durationMs;
    return { ...report, detectedAtMs: this.#detectedAtMs, sureAtMs };
  }
}
