import { externalIntervalFor } from './external-interval.js';
import {
  type ExternalReading,
  type ExternalSampling,
  type LiveExternal,
  startExternalSampling,
} from './external-sampling.js';
import { hangOnGlobal } from './hang-on-global.js';
import { decodeLiveExternal, encodeLiveExternal } from './live-external-text.js';

/** Under this name another thread reaches a thread's recording, through its inspector. */
const RECORDING = 'memx.external-recording/2';

interface ReachableRecording {
  letGo(): void;
  /** An {@link ExternalReading} as JSON. */
  readText(): string;
  /** A {@link LiveExternal} as text. */
  readLiveText(): string;
}

/** Starts the sampling of this thread's external memory, until it is disposed or the thread ends. */
export function recordExternalMemory({
  samplingIntervalBytes,
  measure,
  budgetShare = null,
}: {
  readonly samplingIntervalBytes: number;
  readonly measure: 'live' | 'total';
  readonly budgetShare?: number | null;
}): ExternalSampling {
  const intervalBytes = externalIntervalFor(samplingIntervalBytes);
  const sampling = startExternalSampling({ intervalBytes, measure, budgetShare });
  let upTo = 0; // the program runs on between the calls
  const recording: ReachableRecording = {
    letGo: () => {
      upTo = sampling.letGo();
    },
    readLiveText: () => sampling.pausedWhile(() => encodeLiveExternal(sampling.readSamples(upTo))),
    readText: () => sampling.pausedWhile(() => JSON.stringify(sampling.read(upTo))),
  };
  const takeDown = hangOnGlobal(RECORDING, recording);
  return {
    ...sampling,
    [Symbol.dispose]() {
      takeDown();
      sampling[Symbol.dispose]();
    },
  };
}

/** Evaluates an expression in the recorded thread. */
export type EvaluateThere = (expression: string) => Promise<unknown>;

const REACHED = `globalThis[Symbol.for('${RECORDING}')]`;

export async function letGoThere(evaluate: EvaluateThere): Promise<void> {
  await evaluate(`${REACHED}?.letGo()`);
}

/** Null where external memory is not recorded. */
export async function readExternalThere(evaluate: EvaluateThere): Promise<ExternalReading | null> {
  const text = await evaluate(`${REACHED}?.readText()`);
  return typeof text === 'string' ? JSON.parse(text) : null;
}

/** Null where external memory is not recorded. */
export async function readLiveExternalThere(evaluate: EvaluateThere): Promise<LiveExternal | null> {
  const text = await evaluate(`${REACHED}?.readLiveText()`);
  return typeof text === 'string' ? decodeLiveExternal(text) : null;
}
