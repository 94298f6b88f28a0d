import type { EvaluateThere } from '../external/external-recording.js';
import { hangOnGlobal } from '../external/hang-on-global.js';
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
  readText(isFirst: boolean): string;
}

/** Notes what this thread opens from now on, and where, until it is ended. A call that opens something takes 10–100 µs more. */
export function recordResources(): Restore {
  const resources = new OpenResources();
  const recording: ReachableRecording = { readText: (isFirst) => JSON.stringify(resources.read(isFirst)) };
  return restoreAll([
    hangOnGlobal(RECORDING, recording),
    wrapFileOpening(resources),
    observeHandles(resources),
  ]);
}

/**
 * Null where resources are not recorded.
 *
 * @param isFirst the first reading of a watch: of what was opened until then, no stack is told any more
 */
export async function readResourcesThere(
  evaluate: EvaluateThere,
  isFirst: boolean,
): Promise<ResourceReading | null> {
  const text = await evaluate(`${REACHED}?.readText(${isFirst})`);
  return typeof text === 'string' ? JSON.parse(text) : null;
}
