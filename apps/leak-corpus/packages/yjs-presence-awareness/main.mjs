// Presence of two editors: kept beside the shared document, in the states of its awareness.
import { setTimeout as sleep } from 'node:timers/promises';
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const doc = new Y.Doc();
doc.clientID = 1009;
const awareness = new Awareness(doc);

let n = 0;
let bytes = 0;
while (Date.now() < END) {
  awareness.setLocalStateField('cursor', { editor: n % 2 ? 'ada' : 'bob', at: n % 977 });
  bytes += encodeAwarenessUpdate(awareness, [doc.clientID]).length;
  n++;
  await sleep(6);
}
awareness.destroy();
console.log(`ops=${n} bytes=${bytes}`);
