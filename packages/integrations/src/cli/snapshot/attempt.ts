import { MemxError } from '@memx/core';
import { endLike } from '../program/end-like.js';
import { ProgressLine } from '../progress-line.js';

const COULD_NOT = 3;
const WRONG_USE: ReadonlySet<string> = new Set(['ERR_MEMX_INVALID_OPTION']);

/**
 * Does what the user asked for. Ctrl-C and SIGTERM cancel it, and then end this process as they would have. What it
 * cannot do is said on stderr: exit code 3, or 2 for a wrong option.
 */
export async function attempt(
  work: (run: { readonly signal: AbortSignal; readonly progress: ProgressLine }) => Promise<void>,
): Promise<void> {
  const controller = new AbortController();
  const progress = new ProgressLine();
  let ending: NodeJS.Signals | undefined;
  const cancel = (signal: NodeJS.Signals) => {
    ending = signal;
    controller.abort();
  };
  process.once('SIGINT', cancel).once('SIGTERM', cancel);
  try {
    await work({ signal: controller.signal, progress });
    progress.clear();
  } catch (error) {
    progress.clear();
    if (!(error instanceof MemxError)) throw error;
    process.exitCode = WRONG_USE.has(error.code) ? 2 : COULD_NOT;
    if (ending === undefined) console.error(`memx: ${error.message} [${error.code}]`);
  } finally {
    process.off('SIGINT', cancel).off('SIGTERM', cancel);
  }
  if (ending !== undefined && controller.signal.aborted) endLike({ exitCode: null, signal: ending });
}
