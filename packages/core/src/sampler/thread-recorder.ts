import { builtin } from '../builtin.js';
import { processSource } from '../source/process-source.js';
import { createRecorder, type Recorder } from './recorder.js';
import { createSamplerLink, type SamplerLink } from './sampler-link.js';
import { timerTicker } from './ticker.js';

/** What all copies of memx on one thread have in common. */
export interface ThreadRecorder {
  readonly recorder: Recorder;
  readonly link: SamplerLink;
}

/** The number is that of the interface: another version of memx keeps to itself unless it agrees. */
const SHARED = Symbol.for('memx.sampler/1');

const registry: typeof globalThis & { [SHARED]?: ThreadRecorder } = globalThis;

/** This thread's one recorder, made when it is first needed. */
export function getThreadRecorder(): ThreadRecorder {
  registry[SHARED] ??= createThreadRecorder();
  return registry[SHARED];
}

function createThreadRecorder(): ThreadRecorder {
  const link = createSamplerLink();
  // A thread that ends in an orderly way gives its slot back at once. The main thread takes all with it.
  if (!builtin('node:worker_threads').isMainThread) process.once('exit', link.free);
  const recorder = createRecorder({
    source: processSource,
    ticker: timerTicker,
    process: { link, readHighWaterBytes: () => process.resourceUsage().maxRSS * 1024 },
  });
  return { recorder, link };
}
