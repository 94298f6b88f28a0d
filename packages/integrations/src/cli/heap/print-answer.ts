import pico from 'picocolors';
import type { HeapDocument } from '../../render/heap/heap-documents.js';
import { renderHeapDocument } from '../../render/heap/heap-text.js';
import { attempt } from '../snapshot/attempt.js';
import { askHeap } from './ask-heap.js';
import type { HeapQuestion } from './heap-question.js';

/** Asks, and writes the answer to stdout: a text for people, or JSON. Sets the exit code. */
export function printAnswer(
  question: HeapQuestion,
  { json }: { readonly json: boolean | undefined },
): Promise<void> {
  return attempt(async (run) => {
    const document = await askHeap(question, run);
    run.progress.clear();
    process.stdout.write(json ? `${JSON.stringify(document)}\n` : renderForTerminal(document));
  });
}

function renderForTerminal(document: HeapDocument): string {
  return renderHeapDocument(document, {
    columns: process.stdout.columns ?? 80,
    colors: pico.isColorSupported && process.stdout.isTTY,
    cwd: process.cwd(),
  });
}
