const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** What to do when the process comes to its end. */
export interface ProcessEndHandlers {
  /** The process exits: by itself, by `process.exit`, or of an uncaught exception. Synchronous work only. */
  onExit(): void;
  /** A signal came, and may be the end; what is worth saving should be saved now. */
  onSignal(): void;
}

/**
 * Watches for the end of the process and changes nothing about it: exit code and signal stay what they are.
 *
 * - `exit` is also emitted for an uncaught exception, so that needs no listener of its own.
 * - A signal with a listener does not end the process by itself any more. So the listener here goes away as soon as it
 *   is called, and repeats the signal if it was the only one; if not, the others decide, and those that look whether
 *   they are alone (as the signal-exit package does) find that they are. It is put first, because a `once` listener
 *   before it would already be gone and not be counted.
 */
export function watchProcessEnd(handlers: ProcessEndHandlers, { signals }: { signals: boolean }): Disposable {
  const onSignal = (signal: NodeJS.Signals) => {
    process.off(signal, onSignal);
    handlers.onSignal();
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  process.prependOnceListener('exit', handlers.onExit);
  if (signals) for (const signal of SIGNALS) process.prependListener(signal, onSignal);
  return {
    [Symbol.dispose]() {
      process.off('exit', handlers.onExit);
      for (const signal of SIGNALS) process.off(signal, onSignal);
    },
  };
}
