// Presence of two editors in a shared document: each tells where its cursor is, all the time.
import { setTimeout as sleep } from 'node:timers/promises';
import * as Y from 'yjs';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const doc = new Y.Doc();
doc.clientID = 1009;
const cursors = doc.getMap('cursors');

function moveCursor(editor, at) {
  cursors.set(editor, at);
}

let n = 0;
while (Date.now() < END) {
  moveCursor('ada', n % 977);
  moveCursor('bob', (n * 3) % 977);
  n++;
  await sleep(6);
}
console.log(`ops=${n} keys=${cursors.size}`);
