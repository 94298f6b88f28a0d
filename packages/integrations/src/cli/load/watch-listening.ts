/** Runs inside the checked program. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Server } from 'node:net';
import type { ListeningServer } from './listening-server.js';

const LISTENING = 'tracing:net.server.listen:asyncEnd';

/**
 * Calls once, when the program's first HTTP server listens. Node itself tells of it (Node 20.19 to 26): no port is
 * polled, and nothing of the program is replaced.
 */
export function onceServerListens(listener: (server: ListeningServer) => void): void {
  const onListening = (message: unknown) => {
    const server = describeServer((message as { readonly server: Server }).server);
    if (!server) return;
    unsubscribe(LISTENING, onListening);
    listener(server);
  };
  subscribe(LISTENING, onListening);
}

/** Null for what speaks no HTTP, or has no port (a pipe). */
function describeServer(server: Server): ListeningServer | null {
  const address = server.address();
  const protocol = protocolOf(server);
  if (protocol === null || address === null || typeof address === 'string') return null;
  const isAnywhere = address.address === '::' || address.address === '0.0.0.0';
  return { protocol, host: isAnywhere ? 'localhost' : address.address, port: address.port };
}

/** By shape: `instanceof` would load TLS into programs that have none. */
function protocolOf(server: Server): ListeningServer['protocol'] | null {
  if (!('headersTimeout' in server)) return null;
  return 'setSecureContext' in server ? 'https' : 'http';
}
