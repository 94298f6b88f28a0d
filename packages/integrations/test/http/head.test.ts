import { createServer, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { describe, expect, test } from 'vitest';
import { addToHead } from '../../src/http/head.js';
import { ask, listen } from './servers.js';

/** What a client receives of a response that `answer` writes, with and without an added field. */
async function receive(answer: (response: ServerResponse) => unknown, method = 'GET') {
  let adding = false;
  const server = createServer((_request, response) => {
    if (adding) addToHead(response, () => ({ 'X-Added': 'yes' }));
    answer(response);
  });
  const { port, stop } = await listen(server);
  const bare = await ask(port, '/', { method });
  adding = true;
  const added = await ask(port, '/', { method });
  await stop();
  return { bare, added };
}

const withoutDate = (rawHeaders: readonly string[]) => {
  const pairs = rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [[name, rawHeaders[index + 1]]] : []));
  return pairs.filter(([name]) => name !== 'Date' && name !== 'X-Added').map((pair) => pair.join(': '));
};

const cookies = ['set-cookie', 'a=1', 'Set-Cookie', 'b=2', 'X-One', '1'];
const pairs = [
  ['set-cookie', 'a=1'],
  ['set-cookie', 'b=2'],
  ['X-One', '1'],
];

describe('a field added to the head', () => {
  test.each<[string, (response: ServerResponse) => unknown]>([
    ['end', (response) => response.end('body')],
    ['an empty end', (response) => response.end()],
    [
      'write and end',
      (response) => {
        response.write('bo');
        response.end('dy');
      },
    ],
    ['a piped stream', (response) => Readable.from(['bo', 'dy']).pipe(response)],
    ['stream.pipeline', (response) => pipeline(Readable.from(['bo', 'dy']), response)],
    [
      'flushHeaders',
      (response) => {
        response.flushHeaders();
        response.end('body');
      },
    ],
    ['writeHead alone', (response) => response.writeHead(201).end('body')],
    ['writeHead with a reason', (response) => response.writeHead(201, 'Made').end('body')],
    [
      'an object',
      (response) => response.writeHead(200, { 'X-One': '1', 'set-cookie': ['a=1', 'b=2'] }).end('body'),
    ],
    ['a reason and an object', (response) => response.writeHead(200, 'Fine', { 'X-One': '1' }).end('body')],
    [
      'no reason and an object',
      (response) => response.writeHead(200, undefined, { 'X-One': '1' }).end('body'),
    ],
    ['a list', (response) => response.writeHead(200, cookies).end('body')],
    ['a list of pairs', (response) => Reflect.apply(response.writeHead, response, [200, pairs]).end('body')],
    ['an empty list', (response) => response.writeHead(200, []).end('body')],
    [
      'setHeader before an object',
      (response) => response.setHeader('X-Two', '2').writeHead(200, { 'X-One': '1' }).end(),
    ],
    [
      'setHeader before a list',
      (response) => response.setHeader('X-Two', '2').writeHead(200, ['X-One', '1']).end(),
    ],
    ['204', (response) => response.writeHead(204).end()],
    ['304', (response) => response.writeHead(304, { etag: '"1"' }).end()],
  ])('arrives with %s, and changes nothing else', async (_name, answer) => {
    const { bare, added } = await receive(answer);
    expect(added.headers['x-added']).toBe('yes');
    expect(bare.headers['x-added']).toBeUndefined();
    expect(withoutDate(added.rawHeaders)).toEqual(withoutDate(bare.rawHeaders));
    expect([added.status, added.body]).toEqual([bare.status, bare.body]);
  });

  test('arrives with HEAD', async () => {
    const { added } = await receive((response) => response.setHeader('content-length', 4).end(), 'HEAD');
    expect(added.headers['x-added']).toBe('yes');
    expect(added.headers['content-length']).toBe('4');
  });

  test('arrives with the second head, when the first one could not be written and all headers were cleared', async () => {
    const { added } = await receive((response) => {
      try {
        response.writeHead(200, { bad: 'line\nbreak' });
      } catch {
        for (const name of response.getHeaderNames()) response.removeHeader(name);
        response.writeHead(500).end();
      }
    });
    expect([added.status, added.headers['x-added']]).toEqual([500, 'yes']);
  });

  test("leaves Node's own error when the head is written twice", async () => {
    let code: unknown;
    await receive((response) => {
      response.writeHead(200);
      try {
        response.writeHead(200);
      } catch (error) {
        code = Reflect.get(Object(error), 'code');
      }
      response.end();
    });
    expect(code).toBe('ERR_HTTP_HEADERS_SENT');
  });

  test("leaves the caller's own headers object and list as they were", async () => {
    const object = Object.freeze({ 'X-One': '1' });
    const list = Object.freeze(['X-One', '1']) as string[];
    await receive((response) => response.writeHead(200, object).end());
    await receive((response) => response.writeHead(200, list).end());
    expect([object, list]).toEqual([{ 'X-One': '1' }, ['X-One', '1']]);
  });
});
