import type { EventEmitter } from 'node:events';
import type { HttpRequest, HttpResponse } from './head.js';
import type { RequestProbe } from './request-probe.js';

/** How a server is observed. */
export interface ObserveServerOptions {
  /** Names the pattern of the route that answered. */
  readonly readRoute?: (request: HttpRequest) => string | null | undefined;
}

/**
 * Measures every request of a server before any of its own handlers sees it: what a framework answers before its
 * hooks or middleware run (a body or an URL that it cannot parse) is measured as well.
 *
 * @param server a server of node:http, https or http2; one that gives no `request` events is left alone
 * @returns stops it; twice is harmless
 */
export function observeServer(
  server: EventEmitter,
  probe: RequestProbe,
  options: ObserveServerOptions = {},
): () => void {
  const { readRoute } = options;
  const begin = (request: HttpRequest, response: HttpResponse) =>
    probe.begin(request, response, readRoute && (() => readRoute(request)));
  server.prependListener('request', begin);
  return () => {
    server.off('request', begin);
  };
}
