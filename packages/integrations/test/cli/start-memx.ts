import { spawn } from 'node:child_process';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../bin/memx.mjs', import.meta.url));
/** A shell that lives on: what it makes of the command's end is what a script sees. */
const SCRIPT = 'trap : INT; "$@"; echo "status $?" >&3';

interface StartedMemx {
  readonly stdin: Writable;
  /** Ctrl-C: the whole group hears of it, as from a terminal. */
  readonly interrupt: () => void;
  /** `status`: the shell's `$?`. */
  readonly ended: Promise<{ readonly status: number; readonly stdout: string; readonly stderr: string }>;
}

/** Runs the built command in a shell of its own, which says how it ended. */
export function startMemx(args: readonly string[], env: Record<string, string> = {}): StartedMemx {
  const child = spawn('sh', ['-c', SCRIPT, 'sh', process.execPath, BIN, ...args], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', ...env },
  });
  const texts = ['', '', ''];
  child.stdio.slice(1).forEach((stream, index) => {
    stream?.on('data', (chunk: Buffer) => {
      texts[index] += chunk.toString();
    });
  });
  // The command is gone before it has read all.
  child.stdin?.on('error', () => {});
  return {
    stdin: child.stdin as Writable,
    interrupt: () => {
      try {
        process.kill(-(child.pid as number), 'SIGINT');
      } catch {
        // It had ended.
      }
    },
    ended: new Promise((resolve) => {
      child.once('close', () => {
        const [stdout = '', stderr = '', status = ''] = texts;
        resolve({ status: Number(/status (\d+)/.exec(status)?.[1]), stdout, stderr });
      });
    }),
  };
}
