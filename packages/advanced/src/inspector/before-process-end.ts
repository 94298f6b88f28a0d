import { constants } from 'node:os';

interface ProcessWithKill {
  _kill?: (pid: number, signal: number) => number;
}

/**
 * Calls back right before this process ends by itself: at `exit`, and when it sends itself a signal that nobody
 * handles. Of the latter Node tells no listener, but runs its native exit hooks (Node 20–26), in which an open
 * inspector session makes it print that it waits for a debugger.
 */
export function beforeProcessEnd(callback: () => void): Disposable {
  process.on('exit', callback);
  const internals: NodeJS.Process & ProcessWithKill = process;
  const original = internals._kill;
  if (original) {
    internals._kill = (pid, signal) => {
      if ([process.pid, -process.pid, 0].includes(pid) && signal > 0 && !isHandled(signal)) callback();
      return original.call(process, pid, signal);
    };
  }
  return {
    [Symbol.dispose]() {
      process.off('exit', callback);
      if (original) internals._kill = original;
    },
  };
}

function isHandled(signal: number): boolean {
  return Object.entries(constants.signals).some(
    ([name, number]) => number === signal && process.listenerCount(name) > 0,
  );
}
