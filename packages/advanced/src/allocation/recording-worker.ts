/** The worker thread of a recording: it reads the main thread's profile while that is in synchronous code, too. */
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { letGoThere, readExternalThere } from '../external/external-recording.js';
import { runInspectorThread } from '../inspector/run-inspector-thread.js';
import { nextReadingIn, type RecordingPlan, RecordingWriter } from './recording-plan.js';

const MAIN_THREAD = 0;

await runInspectorThread<RecordingPlan>({
  async run(plan, heap, signal) {
    const evaluate = (expression: string) => heap.evaluate(expression);
    const writer = new RecordingWriter(plan, MAIN_THREAD);
    for (let costMs: number | null = null; ; ) {
      await delay(nextReadingIn(costMs), undefined, { signal });
      const askedAt = performance.now();
      if (plan.externalMemory) await letGoThere(evaluate);
      const raw = await heap.readSamplingProfile();
      const external = plan.externalMemory ? await readExternalThere(evaluate) : null;
      writer.write(raw, external);
      costMs = performance.now() - askedAt;
    }
  },
  onFailure() {}, // the reading at the end is still to come
});
