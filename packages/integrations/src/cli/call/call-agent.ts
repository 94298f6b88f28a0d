/** The program that is checked when a function is: imports its module, and calls it again and again. */
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { Pace } from '../work/pace.js';
import { restOf } from '../work/rest.js';
import { bindCall } from './bind-call.js';
import { type CallContext, takeCallContext } from './call-plan.js';

/** A leak of a small object in each call is found at this rate within 10 s; more would only fill the heap faster. */
const DEFAULT_PER_SECOND = 1_000;
const REPORT_EVERY_MS = 100;

const context = takeCallContext();
if (context) await callAgainAndAgain(context);

async function callAgainAndAgain({ plan, begin, report, fail }: CallContext): Promise<void> {
  process.argv[1] = plan.module;
  const call = bindCall(await import(pathToFileURL(plan.module).href), plan.expression);
  if (typeof call === 'string') {
    fail(call);
    return;
  }
  let done = 0;
  const reports = setInterval(() => report(done), REPORT_EVERY_MS);
  begin();
  const workMs = plan.durationMs - restOf(plan.durationMs);
  const pace =
    plan.rounds === null
      ? new Pace(DEFAULT_PER_SECOND)
      : new Pace(plan.rounds / (workMs / 1000), { makesUp: true });
  // Calls that were asked for by number may take the rest, when pauses have held them up.
  const endAt = performance.now() + (plan.rounds === null ? workMs : plan.durationMs);
  try {
    while (performance.now() < endAt && done !== plan.rounds) {
      await pace.turn();
      await call(done);
      done += 1;
    }
  } catch (error) {
    clearInterval(reports);
    report(done);
    const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    fail(`The call failed after ${done} calls had succeeded: ${what}`);
    throw error; // for Node to show, with its stack
  }
  // The interval keeps the program, and with it what leaked, until memx ends it.
}
