import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { MemxError } from '@memx/core';
import { AGENT_FD, agentEnvironment } from './agent-config.js';

export interface ProgramOptions {
  readonly script: string;
  readonly args: readonly string[];
  /** The agent's file and what it is told. */
  readonly agent: ProgramAgent;
  /** One line that the agent wrote. */
  readonly onLine: (line: string) => void;
}

export interface ProgramAgent {
  readonly file: string;
  readonly config: object;
  /** A second file, for what has to come after the loaders that the program is started with. */
  readonly afterLoaders?: string;
}

export interface ProgramEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Whether memx ended it, because the time was up. */
  readonly stoppedByMemx: boolean;
}

export interface RunningProgram {
  readonly pid: number;
  readonly ended: Promise<ProgramEnd>;
  /** SIGTERM, and SIGKILL for a program that does not listen. */
  stop(): void;
}

const KILL_AFTER_MS = 3_000;
/** Ctrl-C reaches a whole foreground process group by itself; the others only this process. */
const FORWARDED: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program as `node script args` would, with the agent in it. `--require`, not `--import`: the latter
 * sends a CommonJS program through the ESM loader on Node 20.
 */
export function launchProgram({ script, args, agent, onLine }: ProgramOptions): RunningProgram {
  const preloads = ['--require', agent.file, ...afterLoaders(agent)];
  const child = spawn(process.execPath, [...process.execArgv, ...preloads, script, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
    env: agentEnvironment(agent.config),
  });
  const lines = createInterface({ input: child.stdio[AGENT_FD] as Readable });
  lines.on('line', onLine);
  const read = new Promise<void>((resolve) => lines.once('close', resolve));

  const stopForwarding = forwardSignals(child);
  let stoppedByMemx = false;
  let killer: NodeJS.Timeout | undefined;

  const ended = new Promise<ProgramEnd>((resolve, reject) => {
    child.once('error', (cause) =>
      reject(
        new MemxError('ERR_MEMX_PROGRAM', {
          what: 'The program could not be started',
          value: cause.message,
          remedy: 'Check that Node can be run from here.',
          cause,
        }),
      ),
    );
    child.once('exit', async (exitCode, signal) => {
      clearTimeout(killer);
      stopForwarding();
      await read; // what the agent wrote last may still be on its way
      resolve({ exitCode, signal, stoppedByMemx });
    });
  });

  const stop = () => {
    if (stoppedByMemx || child.exitCode !== null || child.signalCode !== null) return;
    stoppedByMemx = true;
    child.kill('SIGTERM');
    killer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
  };
  return { pid: child.pid ?? 0, ended, stop };
}

/** Only where a loader is: it alone would send a CommonJS program through the ESM loader (Node 20). */
function afterLoaders({ afterLoaders: file }: ProgramAgent): string[] {
  const given = `${process.env['NODE_OPTIONS'] ?? ''} ${process.execArgv.join(' ')}`;
  const hasLoader = /(^|\s)--(import|loader|experimental-loader)\b/.test(given);
  return file !== undefined && hasLoader ? ['--import', file] : [];
}

function forwardSignals(child: ChildProcess): () => void {
  const listeners = FORWARDED.map((signal) => {
    const listener = () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    process.on(signal, listener);
    return { signal, listener };
  });
  return () => {
    for (const { signal, listener } of listeners) process.off(signal, listener);
  };
}
