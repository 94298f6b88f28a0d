import { type DynamicModule, Inject, Module, type NestModule, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { HttpRequest, HttpResponse } from '../http/head.js';
import { observeServer } from '../http/observe-server.js';
import { RequestProbe } from '../http/request-probe.js';
import { checkRequestProbeOptions } from '../http/request-probe-options.js';
import { SpanMeter } from '../http/span-meter.js';
import { HANDLER_PROBE, MemoryInterceptor } from './memory-interceptor.js';
import { checkMemxModuleOptions, type MemxModuleOptions } from './memx-module-options.js';

/**
 * Gives every response of a Nest application the header `X-Memory-Delta-MB`: growth of the resident set since the
 * request came in, in units of 1024 × 1024 bytes with two decimals. `X-Memory-Concurrent-Requests` beside it says how
 * many other requests overlapped; their memory is in the delta. On both platforms, Express and Fastify; what guards,
 * pipes, filters and the platform itself answer is covered. Costs about 20 µs of CPU per request (Node 20).
 *
 * @example
 * class AppModule {}
 * Module({ imports: [MemxModule.forRoot()] })(AppModule);
 */
export class MemxModule implements NestModule, OnModuleDestroy {
  private readonly adapterHost: HttpAdapterHost;
  private readonly probe: RequestProbe;
  private stop = () => {};

  constructor(adapterHost: HttpAdapterHost, probe: RequestProbe) {
    this.adapterHost = adapterHost;
    this.probe = probe;
  }

  /**
   * The module, global: import it once, in the root module.
   *
   * @throws MemxError `ERR_MEMX_INVALID_OPTION`
   */
  static forRoot(options: MemxModuleOptions = {}): DynamicModule {
    const { onHandler, ...request } = checkMemxModuleOptions(options);
    const { source, onError } = checkRequestProbeOptions(request);
    return {
      module: MemxModule,
      global: true,
      // By factories, so that several applications of one module do not count each other's requests.
      providers: [
        { provide: RequestProbe, useFactory: () => new RequestProbe(request) },
        { provide: HANDLER_PROBE, useFactory: () => ({ meter: new SpanMeter(source), onHandler, onError }) },
        MemoryInterceptor,
      ],
      exports: [HANDLER_PROBE, MemoryInterceptor],
    };
  }

  /** Called by Nest when the server exists and no route does. Middleware would come too late: after the body parser. */
  configure(): void {
    const adapter = this.adapterHost.httpAdapter;
    this.stop = observeServer(adapter.getHttpServer(), this.probe, { readRoute: readExpressRoute });
    if (adapter.getType() === 'fastify') this.hookIntoFastify(adapter.getInstance());
  }

  onModuleDestroy(): void {
    this.stop();
  }

  /** Only Fastify's own hook knows the route there, and sees the requests of `inject`, which pass by the server. */
  private hookIntoFastify(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', (request, reply, done) => {
      this.probe.begin(request.raw, reply.raw, () => request.routeOptions?.url);
      done();
    });
  }
}

Inject(HttpAdapterHost)(MemxModule, undefined, 0);
Inject(RequestProbe)(MemxModule, undefined, 1);
Module({})(MemxModule);

/** The part of Fastify that is used here; its own types would make it a dependency of Nest's users on Express. */
interface FastifyInstance {
  addHook(
    name: 'onRequest',
    hook: (request: FastifyRequest, reply: FastifyReply, done: () => void) => void,
  ): unknown;
}
interface FastifyRequest {
  readonly raw: HttpRequest;
  readonly routeOptions?: { readonly url?: string };
}
interface FastifyReply {
  readonly raw: HttpResponse;
}

/**
 * Nest registers every handler on the Express app itself, with its whole path. Only its answer to unknown paths under a
 * global prefix has no slash: `*path`.
 */
function readExpressRoute(
  request: HttpRequest & { readonly route?: { readonly path?: unknown } },
): string | null {
  const path = request.route?.path;
  return typeof path === 'string' && path.startsWith('/') ? path : null;
}
