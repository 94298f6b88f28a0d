import { createReadStream } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { MessageChannel, Worker } from 'node:worker_threads';

/** DevTools' page hands a file to its worker in pieces of 10 MB. */
const CHUNK_BYTES = 10_000_000;

/** What runs in DevTools' second thread; the first line is for Node 20, which has no such function yet. */
const SECOND_THREAD = `
Promise.withResolvers ??= function () { let resolve, reject; const promise = new this((a, b) => { resolve = a; reject = b; }); return { promise, resolve, reject }; };
const { workerData } = require('node:worker_threads');
import(workerData.bundle).then(({ HeapSnapshot }) => new HeapSnapshot.SecondaryInitManager(workerData.port));
`;

/**
 * Opens a snapshot as Chrome DevTools does, with its own code and in its two threads: it parses, finds dominators, retained
 * sizes and distances, and names classes.
 *
 * @param {string} bundle from `fetchPeers`
 * @param {string} file
 * @returns {Promise<object>} DevTools' JSHeapSnapshot
 */
export async function openInDevtools(bundle, file) {
  Promise.withResolvers ??= makeResolvers;
  const url = pathToFileURL(bundle).href;
  const { HeapSnapshotLoader } = await import(url);
  const { port1, port2 } = new MessageChannel();
  const second = new Worker(SECOND_THREAD, {
    eval: true,
    workerData: { bundle: url, port: port2 },
    transferList: [port2],
  });
  try {
    const loader = new HeapSnapshotLoader.HeapSnapshotLoader({ sendEvent() {} });
    // The text is ASCII: this is the cheapest way to a string.
    for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES, encoding: 'latin1' })) {
      loader.write(chunk);
      await nextTurn(); // the loader takes what has come before the next piece is read
    }
    loader.close();
    return await withoutWarnings(() => loader.buildSnapshot(port1));
  } finally {
    port1.close();
    await second.terminate();
  }
}

/** DevTools lists nodes that only weak references hold on the console. */
async function withoutWarnings(step) {
  const { warn } = console;
  console.warn = () => {};
  try {
    return await step();
  } finally {
    console.warn = warn;
  }
}

function makeResolvers() {
  let resolve;
  let reject;
  const promise = new Promise((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}
