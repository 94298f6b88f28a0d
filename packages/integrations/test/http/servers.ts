import { once } from 'node:events';
import { Agent, type IncomingMessage, type Server, request as startRequest } from 'node:http';
import { connect } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Starts a server on a free port; `stop` closes its connections too. */
export async function listen(server: Server): Promise<{ port: number; stop: () => Promise<void> }> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: portOf(server), stop: () => stopServer(server) };
}

export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error(`not on a port: ${address}`);
  return address.port;
}

async function stopServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly agent?: Agent;
}

/** One request over a real socket, its answer read whole. */
export async function ask(port: number, path: string, options: Ask = {}): Promise<Answer> {
  const { body, ...rest } = options;
  const request = startRequest({ host: '127.0.0.1', port, path, agent: new Agent(), ...rest });
  request.end(body);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk;
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    rawHeaders: response.rawHeaders,
    body: text,
  };
}

/** Writes raw bytes to a new connection, and returns all that comes back until `enough`; then destroys it. */
export async function askRaw(
  port: number,
  text: string,
  enough: (received: string) => boolean,
): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(text);
  let received = '';
  for await (const chunk of socket.setEncoding('utf8')) {
    received += chunk;
    if (enough(received)) break;
  }
  return received;
}

/** Waits until something holds that the event loop brings about. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await nextTurn();
}
