import type { Confidence } from '@memx/advanced';
import type { MemxError } from '@memx/core';
import { type CheckDocument, suspectsAtLeast } from '../../render/check-document.js';
import type { CheckResult } from './check-program.js';

export function toCheckDocument(result: CheckResult): CheckDocument {
  const { program, report, failure, durationMs } = result;
  return {
    schema: 'memx.check/1',
    outcome: failure ? 'undecided' : (report?.outcome ?? 'undecided'),
    node: process.version,
    durationMs: Math.round(durationMs),
    program,
    suspects: report?.suspects ?? [],
    precision: result.precision,
    heap: report?.heap ?? null,
    detectedAtMs: report?.detectedAtMs ?? null,
    rounds: report?.rounds ?? 0,
    pauses: report?.pauses ?? { count: 0, totalMs: 0, longestMs: 0 },
    waitMs: report?.waitMs ?? null,
    notes: report?.notes ?? [],
    error: failure ? { code: failure.code, message: failure.message } : report ? null : endedTooEarly(result),
  };
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
