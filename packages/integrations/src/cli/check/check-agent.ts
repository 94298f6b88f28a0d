/** Runs inside the checked program, before its first line, and in its workers before theirs. */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { getEnvironmentData, isMainThread, parentPort, setEnvironmentData } from 'node:worker_threads';
import { serveIsolate, startWatchThread } from '@memx/advanced/agent';
import type { RegisterOptions } from '@memx/advanced/lines/register';
import { coverWorkers } from '../profile/cover-workers.js';
import { planLines } from '../profile/lines-plan.js';
import { AGENT_FD, takeAgentConfig } from '../program/agent-config.js';
import type { CheckAgentConfig } from './check-agent-config.js';

/** How workers, which have no environment variable to take it from, get the plan. */
const PLAN = 'memx.watch/1';

interface WorkerPlan {
  readonly lines: RegisterOptions | null;
}

const config = takeAgentConfig<CheckAgentConfig>(__filename);
if (isMainThread) {
  if (config) watchProcess(config);
} else if (parentPort) {
  // Not in the thread in which Node runs loaders: it has preloads, but no parent.
  const plan = getEnvironmentData(PLAN) as WorkerPlan | undefined;
  if (plan) {
    if (plan.lines) planLines(plan.lines);
    serveIsolate();
    coverWorkers(__filename);
  }
}

function watchProcess({ watch, lines }: CheckAgentConfig): void {
  // V8 charges what it inlined to the caller, and the report would name the wrong function (all of Node 20 to 26).
  setFlagsFromString('--no-turbo-inlining');
  setFlagsFromString('--no-maglev-inlining');
  const lock = new Int32Array(new SharedArrayBuffer(4));
  const plan: WorkerPlan = { lines: lines && { ...lines, sourcesFd: AGENT_FD, sourcesLock: lock } };
  setEnvironmentData(PLAN, plan);
  if (plan.lines) planLines(plan.lines); // first, so that what it loads is not watched
  const ignoredFiles = [__dirname, dirname(createRequire(__filename).resolve('@memx/advanced'))];
  startWatchThread({ watch: { ...watch, ignoredFiles }, lines: { fd: AGENT_FD, lock }, keepAlive: false });
  coverWorkers(__filename);
}
