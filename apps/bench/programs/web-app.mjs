/**
 * An Express app of twenty routes. The line of a route that allocates most ends in `//@`; it may call a function that other
 * routes call, too. Express's own `response.send` allocates 8 KiB a call: the marked lines allocate more. Prints its port; GET /stop
 * ends it.
 */
import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import express from 'express';

const words = Array.from({ length: 211 }, (_, i) => `word-${i % 17}`);
const text = words.join(' ');
const json = JSON.stringify([...words, ...words, ...words].map((word, id) => ({ id, word })));

const listOf = (length) => Array.from({ length }, (_, id) => ({ id, next: null }));
const countBy = (list, keyOf) => {
  const counts = new Map();
  for (const item of list) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
};
async function loadRows(length) {
  const rows = listOf(length);
  await nextTurn();
  return rows;
}
class Basket {
  items = [];
  add(name) {
    this.items.push({ name, tags: new Array(7).fill(name) });
    return this;
  }
}

const app = express();

app.get('/concatenation', (_request, response) => {
  let page = '';
  for (const word of words) page += `<li>${word}</li>`; //@
  response.send(String(page.length));
});

app.get('/template', (_request, response) => {
  const rows = [];
  for (let i = 0; i < 211; i++) {
    rows.push(`row ${i} of ${words.length}: ${words[i]}`); //@
  }
  response.send(String(rows.length));
});

app.get('/parse', (_request, response) => {
  const rows = JSON.parse(json); //@
  response.send(String(rows.length));
});

app.get('/stringify', (_request, response) => {
  const body = JSON.stringify([words, words, words, words, words, words, words, words, words]); //@
  response.send(String(body.length));
});

app.get('/literals', (_request, response) => {
  const points = [];
  for (let i = 0; i < 307; i++) {
    points.push({ x: i, y: i, z: i, name: 'point' }); //@
  }
  response.send(String(points.length));
});

app.get('/array', (_request, response) => {
  const cells = new Array(2003).fill(0); //@
  response.send(String(cells.length));
});

app.get('/map', (_request, response) => {
  const seen = new Map();
  for (let i = 0; i < 503; i++) {
    seen.set(i, i); //@
  }
  response.send(String(seen.size));
});

app.get('/set', (_request, response) => {
  const numbers = Array.from(words.keys());
  const unique = new Set([...numbers, ...numbers, ...numbers]); //@
  response.send(String(unique.size));
});

app.get('/split', (_request, response) => {
  const parts = `${text} ${text} ${text} ${Math.random()}`.split(' '); //@
  response.send(String(parts.length));
});

app.get('/map-filter', (_request, response) => {
  const long = [...words, ...words]
    .filter((word) => word.length > 5)
    .map((word) => ({ word, length: word.length, first: word[0], last: word.at(-1) })); //@
  response.send(String(long.length));
});

app.get('/spread', (_request, response) => {
  let settings = { a: 1, b: 2, c: 3, d: 4, e: 5 };
  for (let i = 0; i < 307; i++) {
    settings = { ...settings, a: i }; //@
  }
  response.send(String(settings.a));
});

app.get('/buffer-text', (_request, response) => {
  const bytes = Buffer.alloc(65_521, 'letters '); //@
  const decoded = bytes.toString('latin1', 0, 8191);
  response.send(String(decoded.length));
});

app.get('/regular-expression', (_request, response) => {
  const found = [...text.matchAll(/word-(\d+)/g)]; //@
  response.send(String(found.length));
});

app.get('/entries', (_request, response) => {
  const counts = Object.fromEntries(words.map((word, i) => [word + i, i])); //@
  response.send(String(Object.keys(counts).length));
});

app.get('/sort', (_request, response) => {
  const sorted = words.map((word, i) => ({ word, i, rank: -i })).sort((a, b) => a.rank - b.rank); //@
  response.send(String(sorted.length));
});

app.get('/class', (_request, response) => {
  const basket = new Basket();
  for (const word of words) {
    basket.add(word); //@
  }
  response.send(String(basket.items.length));
});

app.get('/shared-list', (_request, response) => {
  const list = listOf(401); //@
  response.send(String(list.length));
});

app.get('/shared-count', (_request, response) => {
  const counts = countBy([...words, ...words.keys()], (word) => word + words.length); //@
  response.send(String(counts.size));
});

app.get('/async-helper', async (_request, response) => {
  const rows = await loadRows(499); //@
  response.send(String(rows.length));
});

app.get('/after-await', async (_request, response) => {
  await nextTurn();
  const digests = words.map((word) => createHash('sha256').update(word).digest('hex')); //@
  response.send(String(digests.length));
});

const server = app.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: server.address().port })));
app.get('/stop', (_request, response) => {
  response.send('stopped');
  server.close();
  server.closeIdleConnections();
});
