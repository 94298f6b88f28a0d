import type { EvaluateThere } from '../external/external-recording.js';
import { type Restore, restoreAll } from '../external/replace-property.js';
import { observeHandles } from './observe-handles.js';
import { OpenResources } from './open-resources.js';
import type { ResourceReading } from './opened-resource.js';
import { wrapFileOpening } from './wrap-file-opening.js';

/** Under this name another thread reaches a thread's recording, through its inspector. */
const RECORDING = 'memx.resource-recording/1';
const REACHED = `globalThis[Symbol.for('${RECORDING}')]`;

interface ReachableRecording {
  /** A {@link ResourceReading} as JSON. */
  readText(since: number): string;
}

/** Notes what this thread opens from now on, and where, until it is ended. A call that opens something takes 10–100 µs more. */
export function recordResources(): Restore {
  const resources = new OpenResources();
  const recording: ReachableRecording = { readText: (since) => JSON.stringify(resources.read(since)) };
  const key = Symbol.for(RECORDING);
  Object.defineProperty(globalThis, key, { value: recording, configurable: true });
  return restoreAll([
    () => Reflect.deleteProperty(globalThis, key),
    wrapFileOpening(resources),
    observeHandles(resources),
  ]);
}

/** Null where resources are not recorded. */
export async function readResourcesThere(
  evaluate: EvaluateThere,
  since: number,
): Promise<ResourceReading | null> {
  const text = await evaluate(`${REACHED}?.readText(${since})`);
  return typeof text === 'string' ? JSON.parse(text) : null;
}
