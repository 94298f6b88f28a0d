import type { CheckDocument } from './check-document.js';
export function renderCheckText(document: CheckDocument, _o: { columns: number; colors: boolean }): string { return JSON.stringify(document); }
