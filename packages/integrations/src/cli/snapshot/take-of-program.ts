import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packFile } from '@memx/advanced';
import { launchProgram, type ProgramEnd } from '../program/launch-program.js';
import type { TakeAgentConfig, TakeAgentLine } from './take-agent-config.js';

export interface TakeOfProgramOptions extends TakeAgentConfig {
  readonly script: string;
  readonly args: readonly string[];
  readonly onStart: (pid: number) => void;
  readonly onTaken: (taken: { readonly writtenBytes: number; readonly pauseMs: number }) => void;
  readonly onFailed: (message: string) => void;
}

const AGENT_FILE = fileURLToPath(new URL('./take-agent.cjs', import.meta.url));

/** Runs a program that writes its heap at a moment of its life. It goes on after that, and ends as it would. */
export async function takeOfProgram(options: TakeOfProgramOptions): Promise<ProgramEnd> {
  const { script, args, moment, force, output, onStart, onTaken, onFailed } = options;
  const config: TakeAgentConfig = { moment, force, output: resolve(options.output) };
  let spooled: Extract<TakeAgentLine, { kind: 'spooled' }> | undefined;
  const program = launchProgram({
    script,
    args,
    agent: { file: AGENT_FILE, config },
    onLine: (text) => {
      const line = parseLine(text);
      if (line?.kind === 'taken') onTaken(line);
      else if (line?.kind === 'spooled') spooled = line;
      else if (line?.kind === 'failed') onFailed(line.message);
    },
  });
  onStart(program.pid);
  const forward = () => process.kill(program.pid, moment.kind === 'signal' ? moment.signal : 0);
  if (moment.kind === 'signal') process.on(moment.signal, forward);
  try {
    const end = await program.ended;
    if (spooled) {
      await packSpooled(spooled, output).then(onTaken, (error) =>
        onFailed(error instanceof Error ? error.message : String(error)),
      );
    }
    return end;
  } finally {
    if (moment.kind === 'signal') process.off(moment.signal, forward);
  }
}

async function packSpooled({ spool, pauseMs }: { spool: string; pauseMs: number }, output: string) {
  try {
    return { ...(await packFile(spool, output)), pauseMs };
  } finally {
    await rm(spool, { force: true });
  }
}

/** The last line of a killed program may be cut. */
function parseLine(text: string): TakeAgentLine | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
