/**
 * A healthy Express server: JSON, a bounded cache, sessions that expire, a body that is parsed, a stream. With `leak` it also keeps
 * a record of one request in each second, for ever, on the line that ends in `//@`: about 1 MB an hour. With `leak-watch`
 * it runs under `startLeakWatch`, which is given every request when it is closed; with `rounds` GET /round reads a sampling
 * profile, as each round of a watch does. Prints its port and the CPU time of its start; GET /cpu tells the CPU time so far,
 * GET /stop ends it.
 */
import { randomBytes } from 'node:crypto';
import { Session } from 'node:inspector';
import { Readable } from 'node:stream';
import express from 'express';

const [kind = 'healthy'] = process.argv.slice(2);
const keepsAudit = kind === 'leak';
const PRODUCTS = 5_003;
const CACHED_PRODUCTS = 499;
const SESSION_MS = 20_000;
const AUDIT_EVERY_MS = 1_000;

const audit = new Map();
let auditedAt = 0;
const cache = new Map();
const sessions = new Map();
const users = Array.from({ length: 211 }, (_, id) => ({
  id,
  name: `user ${id}`,
  roles: ['reader', `team-${id % 7}`],
}));

function keepAudit(request, now) {
  auditedAt = now;
  audit.set(audit.size, { at: now, path: request.path, marks: new Array(20).fill(now) }); //@
}

function loadProduct(id) {
  const cached = cache.get(id);
  if (cached) cache.delete(id);
  const product = cached ?? {
    id,
    title: `product ${id}`,
    prices: Array.from({ length: 23 }, (_, year) => id + year),
  };
  cache.set(id, product);
  if (cache.size > CACHED_PRODUCTS) cache.delete(cache.keys().next().value);
  return product;
}

function openSession(now) {
  const token = randomBytes(16).toString('hex');
  sessions.set(token, { token, user: users[sessions.size % users.length], openedAt: now, seen: [] });
  return token;
}

setInterval(() => {
  const now = Date.now();
  for (const [token, { openedAt }] of sessions) if (now - openedAt > SESSION_MS) sessions.delete(token);
}, 1_000).unref();

function* exportedRows() {
  for (const { id, name, roles } of users) yield `${id};${name};${roles.join()}\n`;
}

const leaks = kind === 'leak-watch' ? await watchLeaks() : null;
async function watchLeaks() {
  const { startLeakWatch } = await import('@memx/advanced');
  return startLeakWatch({ onEvent: () => {} });
}

const app = express();
if (leaks) {
  app.use((request, response, next) => {
    response.once('close', () => leaks.watch(request, 'a request that was answered'));
    next();
  });
}
app.use((request, _response, next) => {
  const now = Date.now();
  if (keepsAudit && now - auditedAt >= AUDIT_EVERY_MS) keepAudit(request, now);
  next();
});
app.get('/users', (_request, response) => {
  response.json(users.map(({ id, name, roles }) => ({ id, name, isReader: roles.includes('reader') })));
});
app.get('/product', (_request, response) => {
  response.json(loadProduct(Math.floor(Math.random() * PRODUCTS)));
});
app.get('/login', (_request, response) => {
  response.json({ token: openSession(Date.now()) });
});
app.post('/order', express.json(), (request, response) => {
  const total = request.body.lines.reduce((sum, { price, count }) => sum + price * count, 0);
  response.status(201).json({ total });
});
app.get('/export', (_request, response) => {
  response.type('text/csv');
  Readable.from(exportedRows()).pipe(response);
});

app.get('/cpu', (_request, response) => {
  response.json({ cpuMs: cpuMs(), leaks: leaks?.status() ?? null });
});
app.get('/stop', (_request, response) => {
  response.end(() => process.exit());
});

const sampling = kind === 'rounds' ? startSampling() : null;
app.get('/round', (_request, response) => {
  sampling.post('HeapProfiler.getSamplingProfile', (error) => response.end(error ? 'refused' : 'read'));
});
function startSampling() {
  const session = new Session();
  session.connect();
  session.post('HeapProfiler.startSampling', { samplingInterval: 128 * 1024 });
  return session;
}

function cpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const server = app.listen(0, '127.0.0.1', () =>
  console.log(JSON.stringify({ port: server.address().port, startCpuMs: cpuMs() })),
);
