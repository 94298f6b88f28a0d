import { setFlagsFromString } from 'node:v8';

// Two copies of memx in one process (ESM and CommonJS) must agree on it; workers have an object of their own.
const OFF = Symbol.for('memx.inlining-off/1');
const registry = globalThis as typeof globalThis & { [OFF]?: boolean };

const FLAGS = ['--no-turbo-inlining', '--no-maglev-inlining'];

/**
 * Keeps V8 from inlining JavaScript functions, in all threads and for the rest of the process. What V8 optimised before
 * keeps what it inlined, so call this before the program is hot.
 */
export function turnInliningOff(): void {
  for (const flag of FLAGS) setFlagsFromString(flag);
  registry[OFF] = true;
}

/** Whether memx, or the command line, turned inlining off for this thread. */
export function isInliningOff(): boolean {
  const given = `${process.env['NODE_OPTIONS'] ?? ''} ${process.execArgv.join(' ')}`;
  return registry[OFF] === true || FLAGS.every((flag) => given.includes(flag));
}

/**
 * Keeps TurboFan from making several objects in one step, which V8 would count as one large one. Holds for the whole
 * process and what is optimised from then on.
 */
export function turnAllocationFoldingOff(): void {
  setFlagsFromString('--no-turbo-allocation-folding');
}
