import type { ProgramEnd } from './launch-program.js';

/** A shell sees the same as without memx: the exit code, or the signal. */
export function endLike({ exitCode, signal }: Pick<ProgramEnd, 'exitCode' | 'signal'>): void {
  if (signal) process.kill(process.pid, signal);
  process.exitCode = exitCode ?? 1;
}
