import { BroadcastChannel, threadId } from 'node:worker_threads';
import type { SamplingOptions } from './heap-protocol.js';
import {
  channelOf,
  type IsolateAnswer,
  type IsolateOrder,
  ROLL_CALL,
  type RollCall,
} from './isolate-messages.js';
import type { IsolateMemory } from './main-thread-inspector.js';
import { ThreadInspector } from './thread-inspector.js';

/**
 * From now on answers, between this thread's tasks, what a watch in another thread asks of its isolate. Nothing is kept
 * here between two answers, so that memx's own objects are not found growing in the heap it looks at.
 * Holds neither the thread nor the process.
 */
export function serveIsolate(): void {
  const rollCall = openChannel<RollCall, RollCall>(ROLL_CALL, ({ kind }) => {
    if (kind === 'who') rollCall.post({ kind: 'here', threadId });
  });
  let inspector: ThreadInspector | null = null;
  const orders = openChannel<IsolateOrder, IsolateAnswer>(channelOf(threadId), ({ id, name, argument }) => {
    const answer = orders.post;
    inspector ??= new ThreadInspector();
    carryOut(inspector, { id, name, argument, answer }).then(
      (result) => answer({ kind: 'done', id, result }),
      (error) =>
        answer({ kind: 'refused', id, message: error instanceof Error ? error.message : `${error}` }),
    );
  });
  process.on('exit', () => {
    rollCall.post({ kind: 'gone', threadId });
    inspector?.[Symbol.dispose]();
  });
  rollCall.post({ kind: 'here', threadId });
}

interface OpenOrder extends Omit<IsolateOrder, 'kind'> {
  readonly answer: (answer: IsolateAnswer) => void;
}

async function carryOut(
  inspector: ThreadInspector,
  { id, name, argument, answer }: OpenOrder,
): Promise<unknown> {
  switch (name) {
    case 'startSampling':
      return inspector.startSampling(argument as SamplingOptions);
    case 'stopSampling':
      return inspector.stopSampling();
    case 'readSamplingProfile':
      return inspector.readSamplingProfile();
    case 'readMemory':
      return readMemory();
    case 'evaluate':
      return inspector.evaluate(String(argument));
    case 'forgetObjectIds':
      return inspector.forgetObjectIds();
    case 'takeHeapSnapshot':
      answer({ kind: 'begun', id });
      return inspector.takeHeapSnapshot((text) => answer({ kind: 'chunk', id, text }));
  }
}

/** `process.memoryUsage` counts the calling thread's isolate, but for `rss`. */
function readMemory(): IsolateMemory {
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return { heapUsedBytes: heapUsed, externalBytes: external, arrayBuffersBytes: arrayBuffers };
}

function openChannel<In, Out>(name: string, onMessage: (message: In) => void) {
  const channel = new BroadcastChannel(name);
  channel.onmessage = (event) => onMessage((event as { data: In }).data);
  channel.unref();
  return { post: (message: Out) => channel.postMessage(message) };
}
