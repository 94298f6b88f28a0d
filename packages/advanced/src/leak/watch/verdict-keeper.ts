import type { LeakEvidence } from '../evidence.js';
import { inOrder, judgeThread } from '../judge/judge-leaks.js';
import { mergeReports } from '../judge/merge-reports.js';
import type { LeakReport } from '../leak-report.js';
import { StandingVerdict } from './standing-verdict.js';

/** The verdict on a whole process that stands after each round. */
export class VerdictKeeper {
  readonly #threads = new Map<number, StandingVerdict>();
  #detectedAtMs: number | null = null;

  update({ threads }: LeakEvidence): LeakReport {
    const reports = inOrder(threads).map((evidence) => {
      const standing = this.#threads.get(evidence.thread) ?? new StandingVerdict();
      this.#threads.set(evidence.thread, standing);
      return standing.update(judgeThread(evidence), evidence);
    });
    const report = mergeReports(reports);
    if (report.outcome !== 'leak') this.#detectedAtMs = null;
    else this.#detectedAtMs ??= report.durationMs;
    return { ...report, detectedAtMs: this.#detectedAtMs };
  }
}
