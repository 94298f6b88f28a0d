import type { Worker } from 'node:worker_threads';
import { builtin } from '../builtin.js';
import {
  BOOTING,
  ENDED,
  openSamplerMemory,
  SAMPLER_MEMORY_BYTES,
  type SamplerMemory,
  STATE,
  WAKE,
} from './sampler-memory.js';
import program from './sampler-worker.js?worker-source';

/** The sampling thread, as its users on one thread see it. */
export interface SamplerThread {
  readonly memory: SamplerMemory;
  /** What was started here; undefined when an ancestor thread, or another realm of this one, has started it. */
  readonly worker: Worker | undefined;
}

/** The buffer's name in the environment data, which threads inherit and the realms of one thread share. */
const INHERITED = 'memx.sampler/1';

/**
 * Joins the sampling thread that this thread or an ancestor of it has started, or starts one.
 *
 * It boots in 20 to 60 ms and takes 10 to 20 MiB (Node 20 to 26). It never keeps the process alive, and runs
 * nothing of the user's: without arguments and environment there is no `--import` and no NODE_OPTIONS to follow.
 *
 * @returns undefined where threads are forbidden (Node's permission model)
 */
export function joinSamplerThread(): SamplerThread | undefined {
  const inherited = builtin('node:worker_threads').getEnvironmentData(INHERITED);
  if (builtin('node:util').types.isSharedArrayBuffer(inherited)) {
    const memory = openSamplerMemory(inherited);
    if (Atomics.load(memory.words, STATE) !== ENDED) return { memory, worker: undefined };
  }
  try {
    return startSamplerThread();
  } catch {
    return undefined;
  }
}

/** Ends the thread if it was started here; resolves when it is gone. */
export async function endSamplerThread({ memory, worker }: SamplerThread): Promise<void> {
  if (worker === undefined) return;
  markEnded(memory);
  await worker.terminate();
}

/** Resolves when the thread samples, or has failed to start. Keeps the process alive until then. */
export async function samplerThreadStarted({ memory }: SamplerThread): Promise<void> {
  while (Atomics.load(memory.words, STATE) === BOOTING) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

function startSamplerThread(): SamplerThread {
  const { setEnvironmentData, Worker } = builtin('node:worker_threads');
  const buffer = new SharedArrayBuffer(SAMPLER_MEMORY_BYTES);
  const memory = openSamplerMemory(buffer);
  // From text, because a file of its own would be lost when a user bundles memx; as a script and not as a data: URL,
  // because that is up to 17 ms sooner there, 1 MiB smaller, and out of the way of the user's module hooks.
  const worker = new Worker(program, {
    eval: true,
    workerData: buffer,
    name: 'memx-sampler',
    argv: [],
    execArgv: [],
    env: {},
    stdout: true, // not piped: that would touch the user's process.stdout
    stderr: true,
    trackUnmanagedFds: false,
  });
  worker.unref();
  // Without a listener, an error in there would be the user's uncaught exception.
  worker.on('error', () => markEnded(memory));
  worker.on('exit', () => markEnded(memory));
  setEnvironmentData(INHERITED, buffer);
  return { memory, worker };
}

function markEnded({ words }: SamplerMemory): void {
  Atomics.store(words, STATE, ENDED);
  Atomics.add(words, WAKE, 1);
  Atomics.notify(words, WAKE);
}
