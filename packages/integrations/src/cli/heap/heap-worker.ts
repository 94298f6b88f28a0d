/** The thread that reads and analyses heap snapshots, so that the main one can answer Ctrl-C at once. */
import { parentPort, workerData } from 'node:worker_threads';
import { MemxError } from '@memx/core';
import { answerQuestion } from './answer-question.js';
import type { HeapMessage, HeapQuestion } from './heap-question.js';

const tell = (message: HeapMessage) => parentPort?.postMessage(message);

try {
  const document = await answerQuestion(workerData as HeapQuestion, (text) =>
    tell({ kind: 'progress', text }),
  );
  tell({ kind: 'answer', document });
} catch (error) {
  if (!(error instanceof MemxError)) throw error;
  const { code, message, remedy } = error;
  tell({ kind: 'failed', code, what: message.slice(0, -`. ${remedy}`.length), remedy });
}
