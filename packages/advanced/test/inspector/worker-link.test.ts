import { describe, expect, it } from 'vitest';
import type { InspectorLink } from '../../src/inspector/inspector-link.js';
import type { IsolateInspector } from '../../src/inspector/isolate-inspector.js';
import { attachToWorkers } from '../../src/inspector/worker-link.js';

interface SentMessage {
  readonly id: number;
  readonly method: string;
}

/** The main thread's inspector, as Node documents `NodeWorker`; its workers answer what the test says. */
function scriptedMain(answer: (message: SentMessage) => object | null) {
  const listeners = new Map<string, (params: never) => void>();
  const tell = (method: string, params: object) => listeners.get(method)?.(params as never);
  const main: InspectorLink = {
    post: async <Result>(method: string, params: object = {}) => {
      if (method === 'NodeWorker.sendMessageToWorker') {
        const { sessionId, message } = params as { sessionId: string; message: string };
        const sent = JSON.parse(message) as SentMessage;
        const answered = answer(sent);
        if (answered) {
          const text = JSON.stringify({ id: sent.id, ...answered });
          queueMicrotask(() => tell('NodeWorker.receivedMessageFromWorker', { sessionId, message: text }));
        }
      }
      return {} as Result;
    },
    on: (method, listener) => {
      listeners.set(method, listener);
      return () => void listeners.delete(method);
    },
  };
  return { main, tell };
}

function attach(answer: (message: SentMessage) => object | null) {
  const { main, tell } = scriptedMain(answer);
  const visited: { isolate: IsolateInspector; ended: AbortSignal }[] = [];
  const stop = new AbortController();
  attachToWorkers(main, (isolate, ended) => visited.push({ isolate, ended }), stop.signal);
  tell('NodeWorker.attachedToWorker', { sessionId: '7' });
  return { tell, stop, ...(visited[0] as (typeof visited)[0]) };
}

describe('attachToWorkers', () => {
  it('asks a worker through the main thread', async () => {
    const { isolate } = attach(() => ({ result: { result: { value: 11 } } }));
    await expect(isolate.evaluate('5 + 6')).resolves.toBe(11);
  });

  it('says what a worker refuses, and why', async () => {
    const { isolate } = attach(() => ({ error: { message: 'Not now' } }));
    await expect(isolate.evaluate('5 + 6')).rejects.toThrow(/Runtime\.evaluate.*Not now/s);
  });

  it('does not wait for a worker that is gone', async () => {
    const { isolate, ended, tell } = attach(() => null);
    const answer = isolate.evaluate('5 + 6');
    tell('NodeWorker.detachedFromWorker', { sessionId: '7' });
    await expect(answer).rejects.toThrow(/closed/);
    expect(ended.aborted).toBe(true);
    await expect(isolate.evaluate('5 + 6')).rejects.toThrow(/closed/);
  });

  it('does not wait for any when the watch is over', async () => {
    const { isolate, ended, stop } = attach(() => null);
    const answer = isolate.evaluate('5 + 6');
    stop.abort();
    await expect(answer).rejects.toThrow(/closed/);
    expect(ended.aborted).toBe(true);
  });
});
