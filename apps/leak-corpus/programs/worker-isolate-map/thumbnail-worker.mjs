import { parentPort } from 'node:worker_threads';

const done = new Map();

class Thumbnail {
  constructor(job) {
    this.job = job;
    this.size = { width: 8, height: 4 };
    this.pixels = Array.from({ length: 32 }, (_, i) => (i * 7 + job.length) % 256);
  }
}

function render(job) {
  done.set(job, new Thumbnail(job));
  return done.get(job).pixels.length;
}

parentPort.on('message', (job) => parentPort.postMessage(render(job)));
