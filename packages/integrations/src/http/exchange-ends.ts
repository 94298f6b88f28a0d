import type { HttpRequest, HttpResponse } from './head.js';

/**
 * Tells when an exchange of request and response is over, however it ended.
 *
 * The response's own `close` is not enough: of three pipelined requests whose connection died, Node 20 and 22 close
 * only the first response. So one listener per connection, not per request, sees to the rest.
 */
export class ExchangeEnds {
  private readonly openByConnection = new WeakMap<object, Set<() => void>>();

  /** Calls `step` exactly once. It must not throw. */
  once(request: HttpRequest, response: HttpResponse, step: () => void): void {
    const open = this.openOn('stream' in request ? request.stream : request.socket);
    const end = () => {
      if (open.delete(end)) step();
    };
    open.add(end);
    response.once('close', end);
  }

  private openOn(connection: HttpRequest['socket'] | Http2Stream): Set<() => void> {
    const known = this.openByConnection.get(connection);
    if (known !== undefined) return known;
    const open = new Set<() => void>();
    this.openByConnection.set(connection, open);
    connection.once('close', () => {
      for (const end of open) end();
    });
    return open;
  }
}

type Http2Stream = Extract<HttpRequest, { stream: unknown }>['stream'];
