'use strict';
// Line protocol on TCP. Clients say hello and are never heard of again; nobody hangs up.
const net = require('node:net');
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const peers = new Set();

class Peer {
  constructor(socket) {
    this.socket = socket;
    this.lines = [];
    socket.setEncoding('utf8').on('data', (text) => this.lines.push(text));
  }
}

function accept(socket) {
  peers.add(new Peer(socket));
}

function dial(port, n) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(`HELLO ${n}\n`, resolve));
    socket.once('error', reject);
  });
}

const server = net.createServer(accept).listen(0, '127.0.0.1', async () => {
  let n = 0;
  while (Date.now() < END) {
    await dial(server.address().port, n++);
    await sleep(60);
  }
  console.log(`ops=${n} peers=${peers.size}`);
  process.exit(0); // open sockets keep the process alive
});
