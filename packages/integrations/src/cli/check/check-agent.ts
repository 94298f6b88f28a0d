/** Runs inside the checked program, before its first line: starts the watch in a thread of its own. */
import { setFlagsFromString } from 'node:v8';
import { isMainThread } from 'node:worker_threads';
import { startWatchThread } from '@memx/advanced';
import { AGENT_FD, takeAgentConfig } from '../program/agent-config.js';
import type { CheckAgentConfig } from './check-agent-config.js';

// A worker thread inherits its parent's preloads.
if (isMainThread) {
  const config = takeAgentConfig<CheckAgentConfig>(__filename);
  if (config) {
    // V8 charges what it inlined to the caller, and the report would name the wrong function (all of Node 20 to 26).
    setFlagsFromString('--no-turbo-inlining');
    setFlagsFromString('--no-maglev-inlining');
    startWatchThread({ watch: config.watch, reportFd: AGENT_FD, keepAlive: false });
  }
}
