import { Worker } from 'node:worker_threads';
import { MemxError, type MemxErrorCode } from '@memx/core';
import type { HeapDocument } from '../../render/heap/heap-documents.js';
import type { ProgressLine } from '../progress-line.js';
import type { HeapMessage, HeapQuestion } from './heap-question.js';

const WORKER_FILE = new URL('./heap-worker.js', import.meta.url);

/**
 * Asks a thread of its own, which is ended when it is cancelled, wherever it is.
 *
 * @throws MemxError what the analysis threw, `ERR_MEMX_ABORTED` when it was cancelled
 */
export async function askHeap(
  question: HeapQuestion,
  { signal, progress }: { readonly signal: AbortSignal; readonly progress: ProgressLine },
): Promise<HeapDocument> {
  const worker = new Worker(WORKER_FILE, { workerData: question });
  try {
    return await new Promise<HeapDocument>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(cancelled()), { once: true });
      worker.on('error', reject);
      worker.on('exit', () => reject(endedEarly()));
      worker.on('message', (message: HeapMessage) => {
        if (message.kind === 'progress') progress.show(message.text);
        else if (message.kind === 'answer') resolve(message.document);
        else
          reject(
            new MemxError(message.code as MemxErrorCode, { what: message.what, remedy: message.remedy }),
          );
      });
    });
  } finally {
    await worker.terminate();
  }
}

function cancelled(): MemxError {
  return new MemxError('ERR_MEMX_ABORTED', {
    what: 'The analysis was cancelled',
    remedy: 'Ask again to go on.',
  });
}

function endedEarly(): MemxError {
  return new MemxError('ERR_MEMX_TOO_EXPENSIVE', {
    what: 'The analysis ended before it had an answer',
    remedy: 'Give Node more memory: NODE_OPTIONS=--max-old-space-size=8192.',
  });
}
