/** Runs inside the checked program, before its first line, and in its workers before theirs. */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { getEnvironmentData, isMainThread, parentPort, setEnvironmentData } from 'node:worker_threads';
import {
  type OutsideOptions,
  recordOutside,
  serveIsolate,
  startWatchThread,
  turnInliningOff,
  writeLine,
} from '@memx/advanced/agent';
import type { RegisterOptions } from '@memx/advanced/lines/register';
import { leaveCallContext } from '../call/call-plan.js';
import { countServed } from '../load/count-served.js';
import { onceServerListens } from '../load/watch-listening.js';
import { coverWorkers } from '../profile/cover-workers.js';
import { planLines } from '../profile/lines-plan.js';
import { AGENT_FD, takeAgentConfig } from '../program/agent-config.js';
import type { CheckAgentConfig, WatchBegin } from './check-agent-config.js';
import type { CheckLine } from './check-line.js';

/** How workers, which have no environment variable to take it from, get the plan. */
const PLAN = 'memx.watch/1';

interface WorkerPlan {
  readonly lines: RegisterOptions | null;
  /** Of what is made outside of V8's heap; null to leave that alone. */
  readonly outside: OutsideOptions | null;
}

const config = takeAgentConfig<CheckAgentConfig>(__filename);
if (isMainThread) {
  if (config) watchProcess(config);
} else if (parentPort) {
  // Not in the thread in which Node runs loaders: it has preloads, but no parent.
  const plan = getEnvironmentData(PLAN) as WorkerPlan | undefined;
  if (plan) {
    if (plan.lines) planLines(plan.lines);
    if (plan.outside) recordOutside(plan.outside);
    serveIsolate();
    coverWorkers(__filename);
  }
}

function watchProcess({ watch, lines, external, begin }: CheckAgentConfig): void {
  if (!watch.keepsPace) turnInliningOff();
  const lock = new Int32Array(new SharedArrayBuffer(4));
  const plan: WorkerPlan = {
    lines: lines && {
      ...lines,
      sourcesFd: AGENT_FD,
      sourcesLock: lock,
      keepInlining: watch.keepsPace,
    },
    outside: external ? outsideOptionsOf(watch) : null,
  };
  setEnvironmentData(PLAN, plan);
  if (plan.lines) planLines(plan.lines); // first, so that what it loads is not watched
  if (plan.outside) recordOutside(plan.outside);
  const ignoredFiles = [__dirname, dirname(createRequire(__filename).resolve('@memx/advanced'))];
  const writer = { fd: AGENT_FD, lock };
  const leaveAlone = coverWorkers(__filename);
  const start = () =>
    leaveAlone(() =>
      startWatchThread({ watch: { ...watch, ignoredFiles }, lines: writer, keepAlive: false }),
    );
  startWhenDue(begin, { start, tell: (line) => writeLine(writer, line) });
}

function outsideOptionsOf({
  samplingIntervalBytes,
  samplingBudget,
}: CheckAgentConfig['watch']): OutsideOptions {
  return { samplingIntervalBytes, samplingBudget };
}

interface Watch {
  readonly start: () => void;
  readonly tell: (line: CheckLine) => void;
}

function startWhenDue(begin: WatchBegin, { start, tell }: Watch): void {
  switch (begin.kind) {
    case 'start':
      start();
      break;
    case 'listening':
      if (begin.countServed) tellServed(tell);
      onceServerListens((server) => {
        start();
        tell({ kind: 'listening', server });
      });
      break;
    case 'call':
      leaveCallContext({
        plan: begin.plan,
        begin: start,
        report: (done) => tell({ kind: 'work', done, failed: 0 }),
        fail: (message) => tell({ kind: 'call-failed', message }),
      });
  }
}

const TELL_EVERY_MS = 250;

function tellServed(tell: Watch['tell']): void {
  const counts = countServed();
  setInterval(() => tell({ kind: 'work', ...counts }), TELL_EVERY_MS).unref();
}
