import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';

/** A request as node:http gives it, or the compatibility layer of node:http2. */
export type HttpRequest = IncomingMessage | Http2ServerRequest;
/** The response to it. */
export type HttpResponse = ServerResponse | Http2ServerResponse;
/** Header names to values. */
export type HeadFields = Readonly<Record<string, string>>;

/**
 * Adds header fields at the last moment: right before the head of a response is written, whoever writes it.
 *
 * Node itself writes an implicit head through `response.writeHead`, so one replaced method sees `end`, `write`,
 * `pipe`, `flushHeaders` and direct calls. It asks again when a head could not be written and another one
 * follows, as error handlers that clear all headers need it.
 *
 * The package `on-headers` is not used: it moves what was handed to `writeHead` into `setHeader`, where a list of
 * pairs loses all but its last cookie; it fires once; and it misses the empty responses of HTTP/2.
 *
 * @param readFields must not throw
 */
export function addToHead(response: HttpResponse, readFields: () => HeadFields): void {
  const { writeHead, end } = response;
  response.writeHead = (...args: unknown[]) =>
    Reflect.apply(
      writeHead,
      response,
      response.headersSent ? args : withFields(response, args, readFields()),
    );
  if (!('stream' in response)) return;
  // An empty HTTP/2 response begins and ends without writeHead (Node 20 to 26).
  response.end = (...args: unknown[]) => {
    if (!response.headersSent) setFields(response, readFields());
    return Reflect.apply(end, response, args);
  };
}

/**
 * The arguments of `writeHead(status, reason?, headers?)` with the fields among them. They join the caller's own
 * headers only where Node would otherwise take those as they are: one `setHeader` before would send them through
 * `appendHeader`, which refuses lists of pairs and on Node 20 drops repeated fields.
 */
function withFields(response: HttpResponse, args: unknown[], fields: HeadFields): unknown[] {
  const at = args[2] === undefined || args[2] === null ? 1 : 2;
  const given = args[at];
  if (typeof given === 'object' && given !== null && response.getHeaderNames().length === 0) {
    return args.with(at, Array.isArray(given) ? withEntries(given, fields) : { ...given, ...fields });
  }
  setFields(response, fields);
  return args;
}

function withEntries(given: unknown[], fields: HeadFields): unknown[] {
  const entries = Object.entries(fields);
  return [...given, ...(Array.isArray(given[0]) ? entries : entries.flat())];
}

function setFields(response: HttpResponse, fields: HeadFields): void {
  for (const [name, value] of Object.entries(fields)) response.setHeader(name, value);
}
