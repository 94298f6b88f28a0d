/** Runs inside the recorded program, before its first line: reads what only this isolate knows, its heap. */
import { writeSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';
import { processSource } from '@memx/core';
import { AGENT_FD, takeAgentConfig } from '../program/agent-config.js';
import { encodeSampleLine, type RunAgentConfig } from './sample-line.js';

// A worker thread inherits its parent's preloads.
if (isMainThread) {
  const config = takeAgentConfig<RunAgentConfig>(__filename);
  if (config) record(config.intervalMs);
}

function record(intervalMs: number): void {
  const read = () => {
    try {
      writeSync(AGENT_FD, encodeSampleLine(processSource.read(), performance.timeOrigin));
    } catch {
      clearInterval(timer); // nobody listens any more; the program goes on
    }
  };
  const timer = setInterval(read, intervalMs);
  timer.unref();
  process.on('exit', read);
  read();
}
