import { syncBuiltinESMExports } from 'node:module';
import workerThreads, { type WorkerOptions } from 'node:worker_threads';

/**
 * Lets the agent into workers that are started with an `execArgv` of their own; into all others it comes with the
 * process's preloads, whatever their `env` (Node 20–26). The `worker` event and the diagnostics channel tell of a
 * worker when it has been started, which is too late.
 *
 * A proxy, so that the constructor stays what it is to `instanceof`, to subclasses and in its properties.
 *
 * @returns runs an action whose workers are left alone: memx's own
 */
export function coverWorkers(agentFile: string): (action: () => void) => void {
  const { Worker } = workerThreads;
  let isLeftAlone = false;
  const covered: typeof Worker = new Proxy(Worker, {
    construct(target, [file, options, ...rest], newTarget): Worker {
      return Reflect.construct(
        target,
        [file, isLeftAlone ? options : withAgent(options, agentFile), ...rest],
        newTarget === covered ? target : newTarget,
      );
    },
  });
  Worker.prototype.constructor = covered;
  workerThreads.Worker = covered;
  syncBuiltinESMExports();
  return (action) => {
    isLeftAlone = true;
    try {
      action();
    } finally {
      isLeftAlone = false;
    }
  };
}

function withAgent(options: WorkerOptions | undefined, agentFile: string): WorkerOptions | undefined {
  const execArgv = options?.execArgv;
  // What is wrong is for Node to say. An inherited list has the agent in it.
  if (!Array.isArray(execArgv)) return options;
  return { ...options, execArgv: ['--require', agentFile, ...execArgv] };
}
