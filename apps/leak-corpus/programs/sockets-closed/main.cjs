'use strict';
// Line protocol on TCP. Clients say hello and hang up.
const net = require('node:net');
const { once } = require('node:events');
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const peers = new Set();

const server = net.createServer((socket) => {
  peers.add(socket);
  socket.on('data', (line) => socket.write(line));
  socket.on('error', () => {});
  socket.once('close', () => peers.delete(socket));
});

async function hello(port, n) {
  const socket = net.connect(port, '127.0.0.1');
  socket.write(`HELLO ${n}\n`);
  await once(socket, 'data');
  socket.end();
  await once(socket, 'close');
}

server.listen(0, '127.0.0.1', async () => {
  let n = 0;
  while (Date.now() < END) {
    await hello(server.address().port, n++);
    await sleep(8);
  }
  server.close();
  console.log(`ops=${n} peers=${peers.size}`);
});
