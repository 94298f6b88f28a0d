import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { type ListeningServer, originOf } from './listening-server.js';

const LEAST_GAP_MS = 250;

/**
 * Runs a command in a shell, again whenever it ends well, until the signal aborts. It finds the server in `MEMX_URL` and
 * `MEMX_PORT`; what it prints goes to stderr. Resolves with what went wrong, or null.
 */
export async function runLoadCommand(
  command: string,
  { server, signal }: { server: ListeningServer; signal: AbortSignal },
): Promise<string | null> {
  const env = { ...process.env, MEMX_URL: originOf(server), MEMX_PORT: String(server.port) };
  while (!signal.aborted) {
    const problem = await runOnce(command, env, signal);
    if (problem !== null) return signal.aborted ? null : problem;
    await delay(LEAST_GAP_MS, undefined, { signal }).catch(() => {});
  }
  return null;
}

function runOnce(command: string, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<string | null> {
  // A group of its own, because the shell does not hand signals on to what it runs.
  const child = spawn(command, {
    shell: true,
    env,
    stdio: ['ignore', process.stderr, process.stderr],
    detached: process.platform !== 'win32',
  });
  const stop = () => killGroup(child);
  signal.addEventListener('abort', stop, { once: true });
  process.once('exit', stop);
  return new Promise<string | null>((resolve) => {
    child.once('error', (error) => resolve(`could not be run: ${error.message}`));
    child.once('exit', (code, killedBy) =>
      resolve(code === 0 ? null : killedBy ? `was killed by ${killedBy}` : `ended with exit code ${code}`),
    );
  }).finally(() => {
    signal.removeEventListener('abort', stop);
    process.off('exit', stop);
  });
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    if (process.platform === 'win32') child.kill();
    else process.kill(-child.pid, 'SIGTERM');
  } catch {
    // It is gone.
  }
}
