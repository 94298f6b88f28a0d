/**
 * snapshot-live.mjs <customers> <rounds>: takes snapshots of its own heap and drops the text, or counts it by type while it
 * comes, in turn; the difference is what counting adds to the time that V8 stands still.
 */
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

async function cpuMsOf(step) {
  const before = process.cpuUsage();
  await step();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const plain = () => cpuMsOf(() => takeSnapshot(() => {}));
const counted = () => cpuMsOf(() => readLiveHistogram(takeSnapshot));
await plain(); // V8's first snapshot numbers all objects
await counted();
report(await alternate(rounds, plain, counted));
session.disconnect();
