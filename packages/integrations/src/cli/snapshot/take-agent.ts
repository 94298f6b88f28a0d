/** Runs inside the program, before its first line: writes its heap at the moment that was asked for. */
import { renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { writeHeapSnapshot } from 'node:v8';
import { isMainThread } from 'node:worker_threads';
import { checkSnapshotFitsNow, takeSnapshot } from '@memx/advanced';
import { AGENT_FD, takeAgentConfig } from '../program/agent-config.js';
import type { TakeAgentConfig, TakeAgentLine } from './take-agent-config.js';

// A worker thread inherits its parent's preloads.
if (isMainThread) {
  const config = takeAgentConfig<TakeAgentConfig>(__filename);
  if (config) waitFor(config);
}

function waitFor(config: TakeAgentConfig): void {
  const { moment } = config;
  if (moment.kind === 'exit') process.on('exit', () => takeAtExit(config));
  else if (moment.kind === 'after') setTimeout(() => takeNow(config), moment.delayMs).unref();
  else process.on(moment.signal, takeOneAtATime(config));
}

function takeOneAtATime(config: TakeAgentConfig): () => void {
  let isBusy = false;
  return () => {
    if (isBusy) return;
    isBusy = true;
    void takeNow(config).finally(() => {
      isBusy = false;
    });
  };
}

async function takeNow({ output, force }: TakeAgentConfig): Promise<void> {
  try {
    const { writtenBytes, pauseMs } = await takeSnapshot({ to: output, force });
    tell({ kind: 'taken', writtenBytes, pauseMs });
  } catch (error) {
    tell({ kind: 'failed', message: messageOf(error) });
  }
}

/** Nothing asynchronous happens any more: V8's own writer in place of the inspector, and memx packs what it leaves. */
function takeAtExit({ output, force }: TakeAgentConfig): void {
  const temporary = `${output}.${process.pid}.tmp`;
  try {
    if (!force) checkSnapshotFitsNow(output);
    const startMs = performance.now();
    writeHeapSnapshot(temporary); // V8 makes the file with mode 0600 (Node 20 to 26)
    const pauseMs = performance.now() - startMs;
    const writtenBytes = statSync(temporary).size;
    if (output.endsWith('.heapsnapshot')) {
      renameSync(temporary, output);
      tell({ kind: 'taken', writtenBytes, pauseMs });
    } else tell({ kind: 'spooled', spool: temporary, pauseMs });
  } catch (error) {
    rmSync(temporary, { force: true });
    tell({ kind: 'failed', message: messageOf(error) });
  }
}

function tell(line: TakeAgentLine): void {
  try {
    writeSync(AGENT_FD, `${JSON.stringify(line)}\n`);
  } catch {
    // Nobody listens any more; the program goes on.
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
