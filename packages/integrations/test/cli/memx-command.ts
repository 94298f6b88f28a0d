import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../bin/memx.mjs', import.meta.url));
const FIXTURES = fileURLToPath(new URL('./fixtures/', import.meta.url));

interface Ended {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly stdoutBytes: number;
}

export interface CommandOptions {
  /** Node's own options, for the command and so for the program. */
  readonly execArgv?: readonly string[];
  readonly input?: string;
  readonly env?: Record<string, string>;
  /** Called with what stderr and stdout have said so far, whenever more comes. */
  readonly onOutput?: (output: string, child: ChildProcess) => void;
}

/** Runs the built command in the fixtures' folder, as a user would. */
export async function memxCommand(args: readonly string[], options: CommandOptions = {}): Promise<Ended> {
  const child = spawn(process.execPath, [...(options.execArgv ?? []), BIN, ...args], {
    cwd: FIXTURES,
    env: { ...process.env, NO_COLOR: '1', ...options.env },
  });
  let stdout = '';
  let stderr = '';
  let stdoutBytes = 0;
  const heard = () => options.onOutput?.(stdout + stderr, child);
  child.stdout.on('data', (chunk: Buffer) => {
    stdoutBytes += chunk.length;
    if (stdout.length < 1_000_000) stdout += chunk;
    heard();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk;
    heard();
  });
  child.stdin.end(options.input ?? '');
  return new Promise((resolve) => {
    child.once('close', (exitCode, signal) => resolve({ exitCode, signal, stdout, stderr, stdoutBytes }));
  });
}
