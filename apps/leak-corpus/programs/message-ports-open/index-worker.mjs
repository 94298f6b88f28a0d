import { parentPort } from 'node:worker_threads';

const index = new Map(Array.from({ length: 200 }, (_, i) => [`word-${i}`, i % 9]));

parentPort.on('message', ({ word, reply }) => {
  reply.postMessage(index.get(word) ?? 0);
});
