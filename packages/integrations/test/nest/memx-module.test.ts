import 'reflect-metadata';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { Readable } from 'node:stream';
import {
  BadRequestException,
  Body,
  Controller,
  ForbiddenException,
  Get,
  type INestApplication,
  Module,
  Param,
  ParseIntPipe,
  Post,
  Sse,
  StreamableFile,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { NEVER, of } from 'rxjs';
import { afterEach, describe, expect, test } from 'vitest';
import {
  type HandlerRecord,
  MemoryInterceptor,
  MemxModule,
  type MemxModuleOptions,
  type RequestRecord,
} from '../../src/nest/index.js';
import { type Ask, ask, portOf, until } from '../http/servers.js';

const delta = /^-?\d+\.\d\d$/;
const apps: INestApplication[] = [];
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
});

/** Decorates a method, as the decorator syntax would. */
function decorate(type: { prototype: object }, name: string, ...decorators: MethodDecorator[]): void {
  const descriptor = Object.getOwnPropertyDescriptor(type.prototype, name) ?? {};
  for (const decorator of decorators.reverse()) decorator(type.prototype, name, descriptor);
}

class Cats {
  find(id: number) {
    return { id };
  }
  guarded() {
    return 'never';
  }
  async fails() {
    throw new Error('on purpose');
  }
  refuses() {
    throw new BadRequestException('refused');
  }
  file() {
    return new StreamableFile(Readable.from([Buffer.from('file')]));
  }
  events() {
    return of({ data: 'one' }, { data: 'two' });
  }
  waits() {
    return NEVER;
  }
  make(body: unknown) {
    return body;
  }
}
Controller('cats')(Cats);
Param('id', ParseIntPipe)(Cats.prototype, 'find', 0);
Body()(Cats.prototype, 'make', 0);
decorate(Cats, 'file', Get('file'));
decorate(Cats, 'fails', Get('fails'));
decorate(Cats, 'refuses', Get('refuses'));
decorate(Cats, 'events', Sse('events'));
decorate(
  Cats,
  'guarded',
  Get('guarded'),
  UseGuards({
    canActivate() {
      throw new ForbiddenException();
    },
  }),
);
decorate(Cats, 'make', Post());
decorate(Cats, 'find', Get('by-id/:id'));
decorate(Cats, 'waits', Sse('waits'));

class Dogs {
  find() {
    return 'dog';
  }
}
Controller('dogs')(Dogs);
decorate(Dogs, 'find', Get(), UseInterceptors(MemoryInterceptor));

function makeModule(options: MemxModuleOptions) {
  class AppModule {}
  Module({ imports: [MemxModule.forRoot(options)], controllers: [Cats, Dogs] })(AppModule);
  return AppModule;
}

const adapters = {
  express: () => new ExpressAdapter(),
  fastify: () => new FastifyAdapter({ forceCloseConnections: true }),
};

async function start(platform: keyof typeof adapters, prepare: (app: INestApplication) => void = () => {}) {
  const requests: RequestRecord[] = [];
  const handlers: HandlerRecord[] = [];
  const module = makeModule({
    onRequest: (record) => void requests.push(record),
    onHandler: (record) => void handlers.push(record),
  });
  const app = await NestFactory.create<INestApplication>(module, adapters[platform](), {
    logger: false,
    forceCloseConnections: true,
  });
  apps.push(app);
  app.setGlobalPrefix('api');
  prepare(app);
  await app.listen(0, '127.0.0.1');
  return { app, port: portOf(app.getHttpServer()), requests, handlers };
}

const recordAllHandlers = (app: INestApplication) => app.useGlobalInterceptors(app.get(MemoryInterceptor));
const json = (body: string): Ask => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body,
});

describe.each(['express', 'fastify'] as const)('on the platform %s', (platform) => {
  test.each<[string, number, string | null, Ask?]>([
    ['/api/cats/by-id/42', 200, '/api/cats/by-id/:id'],
    ['/api/cats/by-id/42', 200, '/api/cats/by-id/:id', { method: 'HEAD' }],
    ['/api/cats/by-id/x', 400, '/api/cats/by-id/:id'],
    ['/api/cats/guarded', 403, '/api/cats/guarded'],
    ['/api/cats/fails', 500, '/api/cats/fails'],
    ['/api/cats/refuses', 400, '/api/cats/refuses'],
    ['/api/cats/file', 200, '/api/cats/file'],
    ['/api/cats/events', 200, '/api/cats/events'],
    ['/api/cats', 201, '/api/cats', json('{}')],
    ['/api/nowhere', 404, null],
    ['/elsewhere', 404, null],
    ['/api/cats/by-id/%zz', 400, null],
  ])('%s answers %d with the header and is recorded under %s', async (path, status, route, options) => {
    const { port, requests } = await start(platform);
    const answer = await ask(port, path, options);
    await until(() => requests.length === 1);
    expect(answer.status).toBe(status);
    expect(answer.headers['x-memory-delta-mb']).toMatch(delta);
    expect(answer.headers['x-memory-concurrent-requests']).toBe('0');
    expect(requests).toMatchObject([{ statusCode: status, route }]);
  });

  test('a body that cannot be parsed is answered with the header', async () => {
    const { port } = await start(platform);
    const answer = await ask(port, '/api/cats', json('{'));
    expect(answer.status).toBe(400);
    expect(answer.headers['x-memory-delta-mb']).toMatch(delta);
  });

  test('the interceptor records the handlers of the controller it is put on, and no others', async () => {
    const { port, handlers } = await start(platform);
    await ask(port, '/api/cats/by-id/1');
    await ask(port, '/api/dogs');
    expect(handlers).toMatchObject([
      { controller: 'Dogs', handler: 'find', outcome: 'completed', overlapped: 0 },
    ]);
  });

  test('the interceptor records every handler when it is global, failing and streaming ones too', async () => {
    const { port, handlers } = await start(platform, recordAllHandlers);
    for (const path of ['cats/by-id/1', 'cats/fails', 'cats/events', 'cats/guarded'])
      await ask(port, `/api/${path}`);
    expect(handlers.map(({ handler, outcome }) => `${handler} ${outcome}`)).toEqual([
      'find completed',
      'fails failed',
      'events completed',
    ]);
  });

  test('an app that is made for a test carries the header too', async () => {
    const builder = Test.createTestingModule({ imports: [makeModule({})] });
    const app = (await builder.compile()).createNestApplication<INestApplication>(adapters[platform]());
    apps.push(app);
    await app.listen(0, '127.0.0.1');
    const { headers } = await ask(portOf(app.getHttpServer()), '/cats/by-id/1');
    expect(headers['x-memory-delta-mb']).toMatch(delta);
  });

  test('closing the app lets its server go', async () => {
    const { app } = await start(platform);
    const server = app.getHttpServer();
    const before = server.listenerCount('request');
    await app.close();
    expect(server.listenerCount('request')).toBe(before - 1);
  });
});

test("Fastify's inject is answered with the header", async () => {
  const { app, requests } = await start('fastify');
  const answer = await (app as NestFastifyApplication).inject('/api/cats/by-id/7');
  expect(answer.headers['x-memory-delta-mb']).toMatch(delta);
  await until(() => requests.length === 1);
  expect(requests).toMatchObject([{ route: '/api/cats/by-id/:id', statusCode: 200 }]);
});

test('an event stream whose client goes away is recorded as cancelled', async () => {
  const { port, handlers } = await start('express', recordAllHandlers);
  const request = get({ host: '127.0.0.1', port, path: '/api/cats/waits', agent: new Agent() });
  await once(request, 'response');
  request.destroy();
  await until(() => handlers.length === 1);
  expect(handlers).toMatchObject([{ handler: 'waits', outcome: 'cancelled' }]);
});

test('a failing onHandler leaves the response as it is', async () => {
  const errors: unknown[] = [];
  const module = makeModule({
    onHandler() {
      throw new Error('listener');
    },
    onError: (error) => void errors.push(error),
  });
  const app = await NestFactory.create<INestApplication>(module, adapters.express(), { logger: false });
  apps.push(app);
  await app.listen(0, '127.0.0.1');
  expect(await ask(portOf(app.getHttpServer()), '/dogs')).toMatchObject({ status: 200, body: 'dog' });
  expect(errors).toEqual([new Error('listener')]);
});

test('a wrong option is refused by forRoot', () => {
  expect(() => MemxModule.forRoot(Object.assign({ headers: true }, { onHandlers() {} }))).toThrow(
    "Invalid MemxModule option: 'onHandlers'",
  );
});

test('an application context without a server is left alone', async () => {
  const context = await NestFactory.createApplicationContext(makeModule({}), { logger: false });
  expect(context.get(MemoryInterceptor)).toBeInstanceOf(MemoryInterceptor);
  await context.close();
});
