import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchProgram, type ProgramEnd } from '../program/launch-program.js';
import type { TakeAgentConfig, TakeAgentLine } from './take-agent-config.js';

export interface TakeOfProgramOptions extends TakeAgentConfig {
  readonly script: string;
  readonly args: readonly string[];
  readonly onStart: (pid: number) => void;
  readonly onLine: (line: TakeAgentLine) => void;
}

const AGENT_FILE = fileURLToPath(new URL('./take-agent.cjs', import.meta.url));

/** Runs a program that writes its heap at a moment of its life. It goes on after that, and ends as it would. */
export async function takeOfProgram(options: TakeOfProgramOptions): Promise<ProgramEnd> {
  const { script, args, moment, force, onStart, onLine } = options;
  const config: TakeAgentConfig = { moment, force, output: resolve(options.output) };
  const program = launchProgram({
    script,
    args,
    agent: { file: AGENT_FILE, config },
    onLine: (text) => {
      const line = parseLine(text);
      if (line) onLine(line);
    },
  });
  onStart(program.pid);
  const forward = () => process.kill(program.pid, moment.kind === 'signal' ? moment.signal : 0);
  if (moment.kind === 'signal') process.on(moment.signal, forward);
  try {
    return await program.ended;
  } finally {
    if (moment.kind === 'signal') process.off(moment.signal, forward);
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
