import { BroadcastChannel } from 'node:worker_threads';
import type { RawSamplingProfile, SamplingOptions } from './heap-protocol.js';
import { inspectorIsClosed, inspectorRefusal } from './inspector-refusal.js';
import {
  channelOf,
  type IsolateAnswer,
  type IsolateOrder,
  type IsolateOrderName,
} from './isolate-messages.js';
import type { IsolateMemory } from './main-thread-inspector.js';

interface OpenCall {
  readonly resolve: (result: unknown) => void;
  readonly reject: (reason: Error) => void;
  readonly onBegin?: () => void;
  readonly onChunk?: (text: string) => void;
}

/** The heap profiler of a thread that runs {@link serveIsolate}: it answers when its event loop comes round. */
export class RemoteIsolate implements Disposable {
  readonly #channel: BroadcastChannel;
  readonly #open = new Map<number, OpenCall>();
  #lastId = 0;

  constructor(threadId: number) {
    this.#channel = new BroadcastChannel(channelOf(threadId));
    this.#channel.onmessage = (event) => this.#take((event as { data: IsolateAnswer | IsolateOrder }).data);
  }

  /** @throws MemxError `ERR_MEMX_PROTOCOL` when the thread's isolate is being sampled already. */
  async startSampling(options: SamplingOptions): Promise<void> {
    await this.#ask('startSampling', options);
  }

  /** Forgets all samples. Costs the thread a full collection. */
  async stopSampling(): Promise<void> {
    await this.#ask('stopSampling');
  }

  /** What is alive now. Costs the thread a full collection. */
  async readSamplingProfile(): Promise<RawSamplingProfile> {
    return this.#ask('readSamplingProfile');
  }

  async readMemory(): Promise<IsolateMemory> {
    return this.#ask('readMemory');
  }

  /** The value of an expression in the thread's global scope. */
  async evaluate(expression: string): Promise<unknown> {
    return this.#ask('evaluate', expression);
  }

  /** Streams a heap snapshot's text; the thread stands still from `onStart` until V8 has written it. */
  async takeHeapSnapshot(onChunk: (text: string) => void, onStart: () => void = () => {}): Promise<void> {
    await this.#ask('takeHeapSnapshot', null, { onChunk, onBegin: onStart });
  }

  /** Of snapshots: see `MainThreadInspector`. */
  async forgetObjectIds(): Promise<void> {
    await this.#ask('forgetObjectIds');
  }

  /** Calls without an answer are rejected. */
  [Symbol.dispose](): void {
    this.#channel.close();
    for (const { reject } of this.#open.values()) reject(inspectorIsClosed());
    this.#open.clear();
  }

  #ask<Result>(
    name: IsolateOrderName,
    argument: unknown = null,
    streams: Pick<OpenCall, 'onBegin' | 'onChunk'> = {},
  ): Promise<Result> {
    const id = ++this.#lastId;
    const order: IsolateOrder = { kind: 'order', id, name, argument };
    return new Promise((resolve, reject) => {
      this.#open.set(id, { resolve: resolve as OpenCall['resolve'], reject, ...streams });
      this.#channel.postMessage(order);
    });
  }

  #take(answer: IsolateAnswer | IsolateOrder): void {
    const call = this.#open.get(answer.id);
    if (!call) return;
    if (answer.kind === 'begun') call.onBegin?.();
    else if (answer.kind === 'chunk') call.onChunk?.(answer.text);
    else if (answer.kind !== 'order') {
      this.#open.delete(answer.id);
      if (answer.kind === 'done') call.resolve(answer.result);
      else call.reject(inspectorRefusal('the order of another thread', new Error(answer.message)));
    }
  }
}
