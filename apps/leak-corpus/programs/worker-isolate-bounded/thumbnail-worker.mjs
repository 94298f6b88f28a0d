import { parentPort } from 'node:worker_threads';

const done = new Map();

parentPort.on('message', (job) => {
  done.set(
    job,
    Array.from({ length: 32 }, (_, i) => (i * 7 + job.length) % 256),
  );
  if (done.size > 300) done.delete(done.keys().next().value);
  parentPort.postMessage(done.get(job).length);
});
