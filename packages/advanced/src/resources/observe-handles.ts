import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { type Restore, restoreAll } from '../external/replace-property.js';
import type { Wrapper } from '../external/sampling-gate.js';
import { isOwnWorkerStarting } from '../inspector/own-worker.js';
import type { OpenResources } from './open-resources.js';
import type { OpenedKind } from './opened-resource.js';

interface Observation {
  readonly kind: Exclude<OpenedKind, 'file descriptor'>;
  /** Where the message holds the handle. */
  readonly key: string;
}

/** Node tells of these itself, while the call that makes them is on the stack (Node 20–26). */
const CHANNELS: Readonly<Record<string, Observation>> = {
  'net.client.socket': { kind: 'Socket', key: 'socket' },
  worker_threads: { kind: 'Worker', key: 'worker' },
  child_process: { kind: 'ChildProcess', key: 'process' },
};

/** Notes the sockets, workers and child processes that this thread makes. */
export function observeHandles(resources: OpenResources): Restore {
  return restoreAll(Object.entries(CHANNELS).map(([channel, of]) => observe(channel, of, resources)));
}

function observe(channel: string, { kind, key }: Observation, resources: OpenResources): Restore {
  const note = (message: unknown) => {
    try {
      const handle = (message as Record<string, unknown>)[key];
      if (typeof handle !== 'object' || handle === null || isOwnWorkerStarting()) return;
      resources.addHandle(handle, kind, resources.begin(note as Wrapper));
    } catch {} // Node would take it for an uncaught error of the program
  };
  subscribe(channel, note);
  return () => unsubscribe(channel, note);
}
