import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import express, { Router } from 'express';
import { expect, test } from 'vitest';
import { memx, type RequestRecord } from '../../src/express/index.js';
import { type Ask, ask, listen, until } from '../http/servers.js';

const delta = /^-?\d+\.\d\d$/;

function makeApp(records: RequestRecord[]) {
  const app = express();
  app.use(memx({ onRequest: (record) => void records.push(record) }));
  app.use(express.json());
  app.get('/plain/:id', (_request, response) => void response.send('fine'));
  app.get('/json', (_request, response) => void response.json({ fine: true }));
  app.get('/throws', () => {
    throw new Error('sync');
  });
  app.get('/rejects', async () => {
    throw new Error('async');
  });
  app.get('/next', (_request, _response, next) => next(new Error('handed on')));
  app.get('/stream', (_request, response) => void Readable.from(['a', 'b']).pipe(response));
  app.get('/head', (_request, response) => void response.writeHead(202, { 'x-one': '1' }).end());
  app.get('/empty', (_request, response) => void response.status(204).end());
  app.get('/early', (_request, response) => {
    response.flushHeaders();
    response.end('late');
  });
  app.get('/redirect', (_request, response) => response.redirect('/plain/1'));
  app.get('/download', (_request, response) => response.sendFile(import.meta.filename));
  app.post('/body', (_request, response) => void response.send('got it'));
  app.use('/api', makeApi());
  const users = Router().get('/:user', (_request, response) => void response.send('hello'));
  app.use('/twice/one', users);
  app.use('/twice/two', users);
  app.use('/tenants', makeTenants());
  return app;
}

function makeApi() {
  const posts = Router({ mergeParams: true });
  posts.get('/', (_request, response) => void response.send('posts'));
  posts.get('/:post', () => {
    throw new Error('in a mounted router');
  });
  const api = Router();
  api.use('/users/:user/posts', posts);
  api.get('/status', (_request, response) => void response.send('up'));
  return api;
}

function makeTenants() {
  const app = express();
  app.get('/:tenant', (_request, response) => void response.send('tenant'));
  return app;
}

async function askApp(path: string, options: Ask = {}) {
  const records: RequestRecord[] = [];
  const app = makeApp(records);
  app.set('env', 'test');
  const { port, stop } = await listen(createServer(app));
  const answer = await ask(port, path, options);
  await until(() => records.length === 1);
  await stop();
  return { answer, record: records[0] };
}

test.each<[string, number, string | null, Ask?]>([
  ['/plain/42', 200, '/plain/:id'],
  ['/json', 200, '/json'],
  ['/plain/42', 200, '/plain/:id', { method: 'HEAD' }],
  ['/throws', 500, '/throws'],
  ['/rejects', 500, '/rejects'],
  ['/next', 500, '/next'],
  ['/stream', 200, '/stream'],
  ['/head', 202, '/head'],
  ['/empty', 204, '/empty'],
  ['/early', 200, '/early'],
  ['/redirect', 302, '/redirect'],
  ['/download', 200, '/download'],
  ['/nowhere/42', 404, null],
  ['/plain/%zz', 400, null],
  ['/body', 200, '/body', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }],
  ['/body', 400, null, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' }],
  ['/plain/1', 200, null, { method: 'OPTIONS' }],
  ['/api/status', 200, '/api/status'],
  ['/api/users/7/posts', 200, '/api/users/:user/posts'],
  ['/api/users/7/posts/9', 500, '/api/users/:user/posts/:post'],
  ['/twice/one/7', 200, null],
  ['/tenants/acme', 200, '/tenants/:tenant'],
])('%s answers %d with the header and is recorded under %s', async (path, status, route, options) => {
  const { answer, record } = await askApp(path, options);
  expect(answer.status).toBe(status);
  expect(answer.headers['x-memory-delta-mb']).toMatch(delta);
  expect(answer.headers['x-memory-concurrent-requests']).toBe('0');
  expect(record).toMatchObject({ statusCode: status, method: options?.method ?? 'GET', route });
});

test('a fresh ETag is answered with 304 and the header', async () => {
  const first = await askApp('/plain/1');
  const { answer } = await askApp('/plain/1', {
    headers: { 'if-none-match': String(first.answer.headers.etag) },
  });
  expect(answer.status).toBe(304);
  expect(answer.headers['x-memory-delta-mb']).toMatch(delta);
});

test('it is middleware of plain node:http as well', async () => {
  const middleware = memx();
  const server = createServer((request, response) =>
    middleware(request, response, () => response.end('plain')),
  );
  const { port, stop } = await listen(server);
  expect((await ask(port, '/')).headers['x-memory-delta-mb']).toMatch(delta);
  await stop();
});
