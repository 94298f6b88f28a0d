import { once } from 'node:events';
import { connect, createServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { describe, expect, test } from 'vitest';
import { observeServer } from '../../src/http/observe-server.js';
import { RequestProbe } from '../../src/http/request-probe.js';
import type { RequestRecord } from '../../src/http/request-record.js';
import { until } from './servers.js';

async function answerOverHttp2(
  answer: (request: Http2ServerRequest, response: Http2ServerResponse) => unknown,
) {
  const records: RequestRecord[] = [];
  const probe = new RequestProbe({ onRequest: (record) => void records.push(record) });
  const server = createServer(answer);
  observeServer(server, probe);
  server.listen(0);
  await once(server, 'listening');
  const client = connect(`http://localhost:${Reflect.get(Object(server.address()), 'port')}`);
  const stream = client.request({ ':path': '/' });
  const [headers] = await once(stream, 'response');
  stream.resume();
  await once(stream, 'close');
  await until(() => probe.openRequests === 0);
  client.close();
  server.close();
  return { headers, records };
}

describe('over HTTP/2', () => {
  test.each<[string, number, (request: Http2ServerRequest, response: Http2ServerResponse) => unknown]>([
    ['a body', 200, (_request, response) => response.end('body')],
    ['no body', 200, (_request, response) => response.end()],
    ['204', 204, (_request, response) => response.writeHead(204).end()],
    ['writeHead', 201, (_request, response) => response.writeHead(201, { 'x-one': '1' }).end('body')],
  ])('a response with %s carries the header and is recorded', async (_name, status, answer) => {
    const { headers, records } = await answerOverHttp2(answer);
    expect(headers['x-memory-delta-mb']).toMatch(/^-?\d+\.\d\d$/);
    expect(headers[':status']).toBe(status);
    expect(records).toMatchObject([{ method: 'GET', statusCode: status, overlapped: 0 }]);
  });
});
