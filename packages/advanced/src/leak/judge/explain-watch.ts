import type { ThreadEvidence } from '../evidence.js';

/** memx's own questions make the idle main thread allocate 2 or 3 samples' worth a round (Node 20). */
const LEAST_SAMPLES_PER_ROUND = 4;

/** Whether the thread did too little for a verdict on it. */
export function isIdle({ rounds, sampledAllocations }: ThreadEvidence): boolean {
  return sampledAllocations < rounds.length * LEAST_SAMPLES_PER_ROUND;
}

/** What the reader has to know of the watch itself, in sentences. */
export function explainWatch(evidence: ThreadEvidence): string[] {
  const { ChildProcess: children = 0 } = evidence.rounds.at(-1)?.resources ?? {};
  const notes = [...evidence.notes];
  if (isIdle(evidence)) notes.push(idleNote(children > 0));
  if (children > 0) notes.push(childrenNote(children));
  return notes;
}

function idleNote(hasChildren: boolean): string {
  const idle = 'The program did next to nothing while it was watched.';
  return hasChildren ? idle : `${idle} Give it work (requests, messages), and watch again.`;
}

function childrenNote(count: number): string {
  const are = count === 1 ? 'A process that it started was' : `${count} processes that it started were`;
  return `${are} not watched. To judge what runs there, check that program by itself; a cluster, with its work in one process.`;
}
