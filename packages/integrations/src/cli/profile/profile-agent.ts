/** Runs inside the profiled program, before its first line, and in its workers before theirs. */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { getEnvironmentData, isMainThread, parentPort, setEnvironmentData } from 'node:worker_threads';
import { planRecording, type RecordingPlan, recordThread } from '@memx/advanced/agent';
import type { RegisterOptions } from '@memx/advanced/lines/register';
import { AGENT_FD, takeAgentConfig } from '../program/agent-config.js';
import { coverWorkers } from './cover-workers.js';
import { planLines } from './lines-plan.js';
import type { ProfileAgentConfig } from './profile-agent-config.js';

/** How workers, which have no environment variable to take it from, get the plan. */
const PLAN = 'memx.recording/1';

interface AgentPlan {
  readonly recording: RecordingPlan;
  readonly lines: RegisterOptions | null;
}

// In a worker, too: what it forks must not start with an agent.
const config = takeAgentConfig<ProfileAgentConfig>(__filename);
if (isMainThread) {
  if (config) {
    const plan = planAgent(config);
    setEnvironmentData(PLAN, plan);
    start(plan);
  }
} else if (parentPort) {
  // Not in the thread in which Node runs loaders: it has preloads, but no parent.
  const plan = getEnvironmentData(PLAN) as AgentPlan | undefined;
  if (plan) start(plan);
}

function planAgent({ lines, ...options }: ProfileAgentConfig): AgentPlan {
  const ignoredFiles = [__dirname, dirname(createRequire(__filename).resolve('@memx/advanced'))];
  const recording = planRecording({
    ...options,
    lines: lines !== null,
    ignoredFiles,
    reportFd: AGENT_FD,
  });
  return {
    recording,
    lines: lines && { ...lines, sourcesFd: AGENT_FD, sourcesLock: recording.lock },
  };
}

function start({ recording, lines }: AgentPlan): void {
  if (lines) planLines(lines); // first, so that what it loads is not recorded
  recordThread(recording);
  coverWorkers(__filename);
}
