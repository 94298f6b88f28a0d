import { getThreadRecorder } from '../sampler/thread-recorder.js';

/** What memx is doing on this thread. */
export interface SamplerStatus {
  /** Sampling threads started from here since the program began; in good order 0 or 1. */
  readonly threadsStarted: number;
  readonly threadRunning: boolean;
  /** What has been started and not stopped, all copies of memx together. */
  readonly activeTrackings: number;
  /** Rows that the sampling thread keeps, of all trackings; overwritten when room is needed. */
  readonly rowsKept: number;
}

/** Tells what memx is doing on this thread, for a test that everything was stopped. */
export function samplerStatus(): SamplerStatus {
  const { recorder, link } = getThreadRecorder();
  return { ...link.status(), activeTrackings: recorder.activeRecordings() };
}

/** Ends the sampling thread, which else stays to the end of the program; the next tracking starts another. */
export async function endSampler(): Promise<void> {
  await getThreadRecorder().link.end();
}
