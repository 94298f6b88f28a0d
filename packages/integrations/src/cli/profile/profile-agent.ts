/** Runs inside the profiled program, before its first line, and in its workers before theirs. */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads';
import { planRecording, type RecordingPlan, recordThread } from '@memx/advanced';
import { AGENT_FD, takeAgentConfig } from '../program/agent-config.js';
import type { ProfileAgentConfig } from './profile-agent-config.js';

/** How workers, which have no environment variable to take it from, get the plan. */
const PLAN = 'memx.recording/1';

// In a worker, too: what it forks must not start with an agent.
const config = takeAgentConfig<ProfileAgentConfig>(__filename);
if (isMainThread) {
  if (config) {
    const ignoredFiles = [__dirname, dirname(createRequire(__filename).resolve('@memx/advanced'))];
    const plan = planRecording({ ...config, ignoredFiles, reportFd: AGENT_FD });
    setEnvironmentData(PLAN, plan);
    recordThread(plan);
  }
} else {
  const plan = getEnvironmentData(PLAN) as RecordingPlan | undefined;
  if (plan) recordThread(plan);
}
