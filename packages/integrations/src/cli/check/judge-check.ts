import type { Confidence, LeakSuspect } from '@memx/advanced';
import type { MemxError } from '@memx/core';
import { type CheckDocument, type CheckSuspect, suspectsAtLeast } from '../../render/check-document.js';
import type { CheckResult } from './check-program.js';
import type { WorkDone } from './program-work.js';

export function toCheckDocument(result: CheckResult): CheckDocument {
  const { program, report, failure, durationMs, work } = result;
  const error = errorOf(result);
  return {
    schema: 'memx.check/1',
    outcome: error ? 'undecided' : (report?.outcome ?? 'undecided'),
    node: process.version,
    durationMs: Math.round(durationMs),
    program,
    suspects: (report?.suspects ?? []).map((suspect) => addGrowthPerUnit(suspect, work)),
    precision: result.precision,
    work: work && { unit: work.unit, done: work.done, failed: work.failed, perSecond: work.perSecond },
    heap: report?.heap ?? null,
    detectedAtMs: report?.detectedAtMs ?? null,
    sureAtMs: report?.sureAtMs ?? null,
    rounds: report?.rounds ?? 0,
    pauses: report?.pauses ?? { count: 0, totalMs: 0, longestMs: 0 },
    waitMs: report?.waitMs ?? null,
    notes: [...(report?.notes ?? []), ...(failure ? [] : workNotes(work))],
    error,
  };
}

function errorOf(result: CheckResult): CheckDocument['error'] {
  const { failure, report, work, program } = result;
  if (failure) return { code: failure.code, message: failure.message };
  if (work && work.done === 0 && program.stoppedByMemx) return nothingDone(work);
  if (!report) return endedTooEarly(result);
  return work && work.failed === work.done && report.outcome !== 'leak' ? allFailed(work) : null;
}

/** A round trip's own growth: that of a second, shared among the requests or calls of a second. */
function addGrowthPerUnit(suspect: LeakSuspect, work: WorkDone | null): CheckSuspect {
  if (!work || work.perSecond === null || suspect.memory === 'resource') return suspect;
  const growth = suspect.growthBytesPerSecond / work.perSecond;
  return work.unit === 'call'
    ? { ...suspect, growthBytesPerCall: growth }
    : { ...suspect, growthBytesPerRequest: growth };
}

function workNotes(work: WorkDone | null): string[] {
  if (!work) return [];
  const { failed, done, failure, problems } = work;
  const why = failure === null ? '' : ` (most of them: ${failure})`;
  return [...(failed > 0 ? [`${failed} of ${done} requests failed${why}.`] : []), ...problems];
}

function allFailed(work: WorkDone): CheckDocument['error'] {
  const why = work.failure === null ? '' : ` (${work.failure})`;
  return {
    code: 'ERR_MEMX_PROGRAM',
    message: `All ${work.done} requests failed${why}. Give --load a route that the server answers.`,
  };
}

function nothingDone({ unit, problems }: WorkDone): CheckDocument['error'] {
  const what =
    unit === 'call'
      ? 'The function was not called once'
      : 'The program answered no request while it was watched';
  const remedy =
    unit === 'call'
      ? 'Check a module that can be imported, and a function that ends.'
      : 'Check a program that listens for HTTP within a minute, and give --load a route of it.';
  return { code: 'ERR_MEMX_PROGRAM', message: [`${what}.`, ...problems, remedy].join(' ') };
}

/** A document for a program that did not start. */
export function toFailedDocument({ code, message, remedy }: MemxError): CheckDocument {
  const program = { exitCode: null, signal: null, stoppedByMemx: false };
  return toCheckDocument({
    program,
    durationMs: 0,
    report: null,
    evidence: null,
    precision: 'function',
    work: null,
    failure: { code, message, remedy },
  });
}

/** Of the time that was asked for; a program that ends by itself later than this did not end too early. */
const ENOUGH_OF_THE_TIME = 0.8;

/** 0 nothing at or above the threshold, 1 a leak, 3 could not measure. */
export function checkExitCode(
  document: CheckDocument,
  asked: { readonly failOn: Confidence; readonly durationMs: number },
): 0 | 1 | 3 {
  if (suspectsAtLeast(document.suspects, asked.failOn).length > 0) return 1;
  const endedEarly =
    !document.program.stoppedByMemx && document.durationMs < asked.durationMs * ENOUGH_OF_THE_TIME;
  return document.error || (document.outcome === 'undecided' && endedEarly) ? 3 : 0;
}

function endedTooEarly({ program }: CheckResult): { code: string; message: string } {
  const how = program.signal ? `was killed by ${program.signal}` : `ended with exit code ${program.exitCode}`;
  return {
    code: 'ERR_MEMX_PROGRAM',
    message: `The program ${how} before it could be measured. Check a program that runs for some seconds.`,
  };
}
