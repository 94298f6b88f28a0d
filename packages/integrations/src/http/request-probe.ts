import { toDeltaHeaders } from './delta-headers.js';
import { ExchangeEnds } from './exchange-ends.js';
import { guard } from './guard.js';
import { addToHead, type HttpRequest, type HttpResponse } from './head.js';
import {
  checkRequestProbeOptions,
  type RequestProbeOptions,
  type RequestProbeSettings,
} from './request-probe-options.js';
import { type Span, SpanMeter } from './span-meter.js';

/** Names the pattern of the route that answered; read when the response is closed. */
export type ReadRoute = () => string | null | undefined;

interface Exchange {
  readonly span: Span;
  readRoute: ReadRoute | undefined;
}

/**
 * Measures each request of a server: where it begins, right before its head is written, and when it is over.
 * Framework-free: all it needs is Node's request and response.
 *
 * Costs two readings of the source per request (4 µs each), a third one with `onRequest`.
 */
export class RequestProbe {
  private readonly settings: RequestProbeSettings;
  private readonly meter: SpanMeter;
  private readonly ends = new ExchangeEnds();
  private readonly exchanges = new WeakMap<HttpResponse, Exchange>();

  /** @throws MemxError `ERR_MEMX_INVALID_OPTION` */
  constructor(options: RequestProbeOptions = {}) {
    this.settings = checkRequestProbeOptions(options);
    this.meter = new SpanMeter(this.settings.source);
  }

  /** Requests begun and not over. */
  get openRequests(): number {
    return this.meter.openSpans;
  }

  /**
   * Begins to measure a request; to be called as early as possible. Never throws. For a response that is measured
   * already, only `readRoute` is taken over, so that a server and a framework on it can both announce a request.
   */
  begin(request: HttpRequest, response: HttpResponse, readRoute?: ReadRoute): void {
    guard(this.settings.onError, () => {
      const known = this.exchanges.get(response);
      if (known === undefined) this.measure(request, response, { span: this.meter.begin(), readRoute });
      else known.readRoute = readRoute ?? known.readRoute;
    });
  }

  private measure(request: HttpRequest, response: HttpResponse, exchange: Exchange): void {
    const { headers, onError } = this.settings;
    const { span } = exchange;
    this.exchanges.set(response, exchange);
    if (headers) addToHead(response, () => guard(onError, () => toDeltaHeaders(span.read())) ?? {});
    this.ends.once(request, response, () => {
      guard(onError, () => this.report(request, response, exchange));
      span.end();
    });
  }

  private report(request: HttpRequest, response: HttpResponse, exchange: Exchange): void | Promise<void> {
    const { onRequest, leakWatch, onError } = this.settings;
    if (!onRequest && !leakWatch) return;
    const method = request.method ?? '';
    const route = exchange.readRoute?.() ?? null;
    guard(onError, () => leakWatch?.watchRequest(request, { method, route }));
    return onRequest?.({
      method,
      route,
      statusCode: response.headersSent ? response.statusCode : null,
      ...exchange.span.read(),
    });
  }
}
