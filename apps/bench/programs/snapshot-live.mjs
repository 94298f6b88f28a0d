/**
 * snapshot-live.mjs <customers> <rounds>: takes snapshots of its own heap and drops the text, or counts it by type while it
 * comes, in turn; the difference is what counting adds: to the time that the program stands still, which is that of its own
 * thread, and to what all threads spend, those included that compile and collect beside it.
 */
import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { readLiveHistogram } from '@memx/advanced';
import { alternate } from '../src/alternate.mjs';
import { ServicesData } from '../src/snapshot/services-data.mjs';
import { report } from './report.mjs';

const [customers, rounds] = process.argv.slice(2).map(Number);
const data = new ServicesData();
for (let count = 0; count < customers; count++) data.addCustomer();
globalThis.services = data;

const session = new Session();
session.connect();

function takeSnapshot(onChunk) {
  return new Promise((resolve, reject) => {
    session.removeAllListeners('HeapProfiler.addHeapSnapshotChunk');
    session.on('HeapProfiler.addHeapSnapshotChunk', ({ params }) => onChunk(params.chunk));
    session.post('HeapProfiler.takeHeapSnapshot', { reportProgress: false }, (error) =>
      error ? reject(error) : resolve(),
    );
  });
}

/** On a core, by the kernel's account: what others on the machine do is not in it. Null outside of Linux. */
function ownThreadMs() {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'latin1').split(' ')[0]) / 1e6;
  } catch {
    return null;
  }
}

async function spentBy(step) {
  const [threadBefore, before] = [ownThreadMs(), process.cpuUsage()];
  await step();
  const { user, system } = process.cpuUsage(before);
  const threadMs = ownThreadMs();
  return { cpuMs: (user + system) / 1000, pauseMs: threadMs === null ? null : threadMs - threadBefore };
}

const plain = () => spentBy(() => takeSnapshot(() => {}));
const counted = () => spentBy(() => readLiveHistogram(takeSnapshot));
await plain(); // V8's first snapshot numbers all objects
await counted();
report(await alternate(rounds, plain, counted));
session.disconnect();
