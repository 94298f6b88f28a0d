import { AdvancedMemoryProfiler, LeakDetector, ObjectSnapshot, ProcessSnapshot } from '@memx/advanced';

export function topSizes(): number[] {
  using profiler = new AdvancedMemoryProfiler();
  return profiler.getTopAllocations(5).map((site) => site.sizeBytes);
}

export async function growingTypes(work: () => Promise<void>): Promise<string[]> {
  const before = await ObjectSnapshot.capture();
  await work();
  const after = await ObjectSnapshot.capture();
  return after.diff(before).rows.map((row) => row.type);
}

export const rssBytes: number = ProcessSnapshot.capture().rssBytes;

const detector = new LeakDetector({ intervalMs: 500 });
await detector.startMonitoring({ durationMs: 30_000 });
export const outcome: 'leak' | 'clean' | 'undecided' = detector.analyzeLeaks().outcome;
// @ts-expect-error the options are checked: the types have arrived, and are not `any`
new LeakDetector({ intervalMs: '500' });
