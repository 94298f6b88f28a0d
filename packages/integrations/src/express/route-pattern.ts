import type { IncomingMessage } from 'node:http';
import { type Mounted, readMountPattern } from './mount-pattern.js';

/** A route or a mounted router, as the routers of Express 4 and 5 list them. */
interface Layer extends Mounted {
  readonly route?: object;
  readonly handle?: { readonly stack?: readonly Layer[] };
}

interface App {
  /** Where Express 4 keeps its router. Asked first, because its `router` throws. */
  readonly _router?: { readonly stack: readonly Layer[] };
  readonly router?: { readonly stack: readonly Layer[] };
  /** The pattern under which an app is mounted in another one. */
  path?(): string;
}

/** What Express adds to a request, where it has been at work. */
export interface RoutedRequest extends IncomingMessage {
  readonly app?: App;
  readonly route?: { readonly path?: unknown };
}

/**
 * The whole pattern of the route that answered, as `/users/:id/posts`, or null when it cannot be known for sure.
 *
 * `request.baseUrl` is no use: it holds the matched text with its ids, and is reset before error handlers run.
 * So the routers are searched for the route. Takes time in proportion to the number of layers.
 */
export function findRoutePattern(request: RoutedRequest): string | null {
  const { app, route } = request;
  const stack = (app?._router ?? app?.router)?.stack;
  if (route === undefined || typeof route.path !== 'string' || stack === undefined) return null;
  const mounts = [...findMounts(stack, route, app?.path?.() ?? '')];
  // A router that is mounted twice has two patterns, and which of them matched is not kept.
  const [mount] = mounts;
  if (mounts.length !== 1 || mount === undefined || mount === null) return null;
  return `${mount}${route.path === '/' && mount !== '' ? '' : route.path}`;
}

function* findMounts(
  stack: readonly Layer[],
  route: object,
  mount: string | null,
): Generator<string | null, void> {
  for (const layer of stack) {
    if (layer.route === route) yield mount;
    else if (layer.handle?.stack !== undefined)
      yield* findMounts(layer.handle.stack, route, join(mount, layer));
  }
}

function join(mount: string | null, layer: Layer): string | null {
  const pattern = readMountPattern(layer);
  return mount === null || pattern === null ? null : mount + pattern;
}
