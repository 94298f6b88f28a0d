'use strict';
// Handlers note down what they did on the request, for the log.
const { setTimeout: sleep } = require('node:timers/promises');
const fastify = require('fastify');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const app = fastify();
app.decorateRequest('notes', null);
app.addHook('onRequest', async (request) => {
  request.notes = [];
});

class Note {
  constructor(step, path) {
    this.step = step;
    this.path = path;
  }
}

app.get('/items/:id', async (request) => {
  request.notes.push(new Note('found', request.url));
  return { id: request.params.id, notes: request.notes.length % 2 };
});

(async () => {
  await app.ready();
  let n = 0;
  let bytes = 0;
  while (Date.now() < END) {
    for (let i = 0; i < 2; i++) bytes += (await app.inject(`/items/${n++}`)).body.length;
    await sleep(8);
  }
  await app.close();
  console.log(`ops=${n} bytes=${bytes}`);
})();
