import pico from 'picocolors';
import { renderDominators } from './dominators-text.js';
import { renderHeapDiff } from './heap-diff-text.js';
import type { HeapDocument } from './heap-documents.js';
import type { HeapTextContext, HeapTextOptions } from './heap-text-options.js';
import { renderPaths } from './paths-text.js';
import { renderRetainers } from './retainers-text.js';
import { renderStrings } from './strings-text.js';
import { renderSummary } from './summary-text.js';
import { renderTypes } from './types-text.js';

/** An answer about heap snapshots, for people; ends with a newline. */
export function renderHeapDocument(document: HeapDocument, options: HeapTextOptions): string {
  const parts = renderParts(document, { ...options, paint: pico.createColors(options.colors) });
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function renderParts(document: HeapDocument, context: HeapTextContext): string[] {
  switch (document.schema) {
    case 'memx.snapshot-summary/1':
      return renderSummary(document, context);
    case 'memx.snapshot-types/1':
      return renderTypes(document, context);
    case 'memx.snapshot-retainers/1':
      return renderRetainers(document, context);
    case 'memx.snapshot-paths/1':
      return renderPaths(document, context);
    case 'memx.snapshot-dominators/1':
      return renderDominators(document, context);
    case 'memx.snapshot-strings/1':
      return renderStrings(document, context);
    case 'memx.snapshot-diff/1':
      return renderHeapDiff(document, context);
  }
}
