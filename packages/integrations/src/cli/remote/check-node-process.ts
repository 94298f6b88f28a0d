import { readFileSync, readlinkSync } from 'node:fs';
import { constants } from 'node:os';
import { basename } from 'node:path';
import { MemxError } from '@memx/core';

/**
 * Makes sure that SIGUSR1 opens an inspector: the signal kills a process that does not listen to it, and does other
 * things to programs that are no Node.
 *
 * @throws MemxError `ERR_MEMX_PROGRAM`
 */
export function checkNodeProcess(pid: number): void {
  try {
    process.kill(pid, 0);
  } catch (cause) {
    const isThere = (cause as NodeJS.ErrnoException).code === 'EPERM';
    throw cannotAttach(
      isThere ? 'The process belongs to somebody else' : 'There is no such process',
      pid,
      isThere ? 'Run memx as the same user.' : 'Look its number up with ps or pgrep.',
      cause,
    );
  }
  if (process.platform !== 'linux') return; // elsewhere nobody can tell without running other programs
  const executable = basename(readExecutable(pid));
  if (!/node/i.test(executable)) {
    throw cannotAttach(
      `The process is no Node, but ${executable || 'unknown'}`,
      pid,
      'Give the number of the node process itself, not of npm or a shell around it.',
    );
  }
  if (!catches(pid, constants.signals.SIGUSR1)) {
    throw cannotAttach(
      'The process would not open its inspector, and SIGUSR1 would end it',
      pid,
      'Start it without --disable-sigusr1.',
    );
  }
}

function readExecutable(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, '');
  } catch (cause) {
    throw cannotAttach('The process may not be looked at', pid, 'Run memx as the same user.', cause);
  }
}

/** `SigCgt` is a mask of the signals that the process handles. */
function catches(pid: number, signal: number): boolean {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  const mask = BigInt(`0x${/^SigCgt:\s*([0-9a-f]+)/m.exec(status)?.[1] ?? '0'}`);
  return ((mask >> BigInt(signal - 1)) & 1n) === 1n;
}

export function cannotAttach(what: string, pid: number, remedy: string, cause?: unknown): MemxError {
  return new MemxError('ERR_MEMX_PROGRAM', {
    what,
    value: pid,
    remedy,
    ...(cause === undefined ? {} : { cause }),
  });
}
