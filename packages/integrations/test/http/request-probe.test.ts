import { Agent, createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { observeServer } from '../../src/http/observe-server.js';
import { RequestProbe } from '../../src/http/request-probe.js';
import type { RequestProbeOptions } from '../../src/http/request-probe-options.js';
import type { RequestRecord } from '../../src/http/request-record.js';
import { growingSource } from './scripted-readings.js';
import { ask, askRaw, listen, until } from './servers.js';

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function serve(handler: Handler, options: RequestProbeOptions = {}) {
  const server = createServer(handler);
  const records: RequestRecord[] = [];
  const probe = new RequestProbe({ onRequest: (record) => void records.push(record), ...options });
  observeServer(server, probe);
  const { port, stop } = await listen(server);
  stops.push(stop);
  return { server, probe, port, records };
}

const GET = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';

describe('a measured request', () => {
  test('tells in its headers what the process grew by until its head, and nothing overlapped', async () => {
    const { port } = await serve((_request, response) => response.end(), { source: growingSource(1572864) });
    const { headers } = await ask(port, '/');
    expect(headers['x-memory-delta-mb']).toBe('1.50');
    expect(headers['x-memory-concurrent-requests']).toBe('0');
  });

  test('tells real memory: 64 MiB of touched buffer are in the delta', async () => {
    const kept: Buffer[] = [];
    const { port } = await serve((_request, response) => {
      kept.push(Buffer.alloc(64 * 1024 * 1024, 1));
      response.end();
    });
    const { headers } = await ask(port, '/');
    expect(Number(headers['x-memory-delta-mb'])).toBeGreaterThan(32);
    expect(kept).toHaveLength(1);
  });

  test('is recorded when its response is closed, with readings of its whole time', async () => {
    const { port, records } = await serve((_request, response) => response.writeHead(201).end(), {
      source: growingSource(1000),
    });
    await ask(port, '/users/42?token=secret', { method: 'POST', body: 'x' });
    await until(() => records.length === 1);
    // Three readings: at its start, for its head, and at its end.
    const reading = { deltaBytes: 2000, durationMs: 20, overlapped: 0 };
    expect(records).toEqual([{ method: 'POST', route: null, statusCode: 201, ...reading }]);
  });

  test('carries no header when headers are off, and is recorded all the same', async () => {
    const { port, records } = await serve((_request, response) => response.end(), { headers: false });
    const { headers } = await ask(port, '/');
    await until(() => records.length === 1);
    expect(Object.keys(headers).filter((name) => name.startsWith('x-memory'))).toEqual([]);
  });

  test('is measured once when it is announced twice; the second time brings the route', async () => {
    const { probe, port, records } = await serve((request, response) => {
      probe.begin(request, response, () => '/things/:id');
      expect(probe.openRequests).toBe(1);
      response.end();
    });
    await ask(port, '/things/7');
    await until(() => records.length === 1);
    expect(records[0]?.route).toBe('/things/:id');
    expect(probe.openRequests).toBe(0);
  });

  test('is no longer measured after the server is let go; letting go twice is harmless', async () => {
    const server = createServer((_request, response) => response.end());
    const stopObserving = observeServer(server, new RequestProbe());
    const { port, stop } = await listen(server);
    stops.push(stop);
    stopObserving();
    stopObserving();
    expect((await ask(port, '/')).headers['x-memory-delta-mb']).toBeUndefined();
    expect(server.listenerCount('request')).toBe(1);
  });
});

describe('overlapping requests', () => {
  test('are counted in the header of the one that answers last, and of the one in their middle', async () => {
    const waiting: ServerResponse[] = [];
    const { probe, port } = await serve((_request, response) => waiting.push(response));
    const first = ask(port, '/first');
    await until(() => waiting.length === 1);
    const second = ask(port, '/second');
    await until(() => waiting.length === 2);
    waiting[1]?.end();
    expect((await second).headers['x-memory-concurrent-requests']).toBe('1');
    await until(() => probe.openRequests === 1);
    const third = ask(port, '/third');
    await until(() => waiting.length === 3);
    waiting[2]?.end();
    expect((await third).headers['x-memory-concurrent-requests']).toBe('1');
    waiting[0]?.end();
    expect((await first).headers['x-memory-concurrent-requests']).toBe('2');
  });

  test('that are pipelined on one connection all carry the headers', async () => {
    const { port, probe } = await serve((_request, response) => setImmediate(() => response.end('.')));
    const heads = (text: string) => text.match(/X-Memory-Delta-MB: -?\d+\.\d\d\r\n/g) ?? [];
    const text = await askRaw(port, GET.repeat(5), (received) => heads(received).length === 5);
    expect(text.match(/HTTP\/1.1 200/g)).toHaveLength(5);
    await until(() => probe.openRequests === 0);
  });
});

describe('a request whose client goes away', () => {
  test('before the head is recorded without a status', async () => {
    const { port, records, probe } = await serve(() => {});
    const request = get({ port, agent: new Agent() });
    request.on('error', () => {});
    await until(() => probe.openRequests === 1);
    request.destroy();
    await until(() => probe.openRequests === 0);
    expect(records.map(({ statusCode }) => statusCode)).toEqual([null]);
  });

  test('in the middle of the body is recorded with the status it was given', async () => {
    const { port, records, probe } = await serve(
      (_request, response) => void response.writeHead(206).write('half'),
    );
    await askRaw(port, GET, (received) => received.includes('half'));
    await until(() => probe.openRequests === 0);
    expect(records.map(({ statusCode }) => statusCode)).toEqual([206]);
  });

  test('with others pipelined behind it ends them all, once each', async () => {
    const { port, records, probe } = await serve((request) => void request.resume());
    const socket = connect(port, '127.0.0.1');
    socket.write(GET.repeat(3));
    await until(() => probe.openRequests === 3);
    socket.destroy();
    await until(() => probe.openRequests === 0);
    expect(records).toHaveLength(3);
  });
});

describe('a failure inside memx', () => {
  const failing = (errors: unknown[]): RequestProbeOptions => ({
    onError: (error) => void errors.push(error),
  });

  test('of the source leaves the response as it is, without headers, and goes to onError', async () => {
    const errors: unknown[] = [];
    const broken = new Error('no reading');
    const source = {
      read: () => {
        throw broken;
      },
    };
    const { port, probe } = await serve((_request, response) => response.end('fine'), {
      ...failing(errors),
      source,
    });
    const { status, body } = await ask(port, '/');
    expect([status, body]).toEqual([200, 'fine']);
    expect(errors).toEqual([broken]);
    expect(probe.openRequests).toBe(0);
  });

  test('of the source after the first reading costs the headers, not the response', async () => {
    const errors: unknown[] = [];
    const good = growingSource();
    let readings = 0;
    const source = {
      read: () => {
        if (readings++ > 0) throw new Error('gone');
        return good.read();
      },
    };
    const { port, probe } = await serve((_request, response) => response.end('fine'), {
      ...failing(errors),
      source,
    });
    expect(await ask(port, '/')).toMatchObject({ status: 200, body: 'fine' });
    await until(() => probe.openRequests === 0);
    expect(errors).toHaveLength(2);
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('listener');
      },
    ],
    [
      'rejects',
      async () => {
        throw new Error('listener');
      },
    ],
  ])('an onRequest that %s goes to onError', async (_name, onRequest) => {
    const errors: unknown[] = [];
    const { port } = await serve((_request, response) => response.end(), { ...failing(errors), onRequest });
    await ask(port, '/');
    await until(() => errors.length === 1);
    expect(errors).toEqual([new Error('listener')]);
  });

  test('an onError that throws is the end of it', async () => {
    let asked = 0;
    const { port } = await serve((_request, response) => response.end(), {
      onRequest: () => {
        throw new Error('listener');
      },
      onError: () => {
        asked++;
        throw new Error('handler');
      },
    });
    await ask(port, '/');
    await until(() => asked === 1);
    expect((await ask(port, '/')).status).toBe(200);
  });
});

test('1,000 requests on kept connections leave no listener and no open request behind', async () => {
  const sockets = new Set<Socket>();
  const { server, probe, port } = await serve((request, response) => {
    sockets.add(request.socket);
    response.end();
  });
  const listeners = () =>
    [...sockets].map((socket) => socket.eventNames().map((name) => socket.listenerCount(name)));
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const askMany = (count: number) =>
    Promise.all(Array.from({ length: count }, () => ask(port, '/', { agent })));
  await askMany(40);
  await until(() => probe.openRequests === 0);
  const before = listeners();
  await askMany(1000);
  await until(() => probe.openRequests === 0);
  expect(listeners()).toEqual(before);
  expect(sockets.size).toBe(4);
  expect(server.listenerCount('request')).toBe(2);
  agent.destroy();
});

describe('options', () => {
  test.each<[string, object | null]>([
    ["Invalid memx option: 'onRequests'", { onRequests() {} }],
    ['Invalid source: 5', { source: 5 }],
    ['Invalid source: null', { source: null }],
    ["Invalid headers: 'yes'", { headers: 'yes' }],
    ['Invalid onRequest: 1', { onRequest: 1 }],
    ['Invalid onError: {}', { onError: {} }],
    ['Invalid memx options: null', null],
  ])('are refused where they enter: %s', (message, options) => {
    const create = () => Reflect.construct(RequestProbe, [options]);
    expect(create).toThrow(expect.objectContaining({ code: 'ERR_MEMX_INVALID_OPTION' }));
    expect(create).toThrow(message);
  });
});
