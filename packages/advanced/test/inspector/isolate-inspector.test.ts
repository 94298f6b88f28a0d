import { Session } from 'node:inspector';
import { constants, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { InspectorLink } from '../../src/inspector/inspector-link.js';
import { IsolateInspector } from '../../src/inspector/isolate-inspector.js';

/** To the inspector of this thread. */
class OwnLink implements InspectorLink {
  readonly session = new Session();

  constructor() {
    this.session.connect();
  }

  post<Result>(method: string, params: object = {}): Promise<Result> {
    // Reports of progress would run JavaScript of this thread while V8 walks its heap, which kills the process.
    const quiet = { ...params, reportProgress: false };
    return new Promise((resolve, reject) => {
      this.session.post(method, quiet, (error: Error | null, result?: object) =>
        error ? reject(error) : resolve(result as Result),
      );
    });
  }

  on<Params extends object>(method: string, listener: (params: Params) => void): () => void {
    const take = ({ params }: { params: object }) => listener(params as Params);
    this.session.on(method, take);
    return () => this.session.off(method, take);
  }
}

class KnownThing {
  readonly n = 7;
}
const held = Array.from({ length: 1_009 }, () => new KnownThing());

let link: OwnLink | undefined;
afterEach(() => link?.session.disconnect());

function inspectHere(): IsolateInspector {
  link = new OwnLink();
  return new IsolateInspector(link);
}

interface SnapshotText {
  readonly snapshot: { readonly meta: { readonly node_fields: readonly string[] } };
  readonly nodes: readonly number[];
  readonly strings: readonly string[];
}

/** The ids of the snapshot's objects of that class. */
async function idsOfKnownThings(inspector: IsolateInspector): Promise<number[]> {
  const texts: string[] = [];
  await inspector.takeHeapSnapshot((text) => texts.push(text));
  const { snapshot, nodes, strings } = JSON.parse(texts.join('')) as SnapshotText;
  const { node_fields: fields } = snapshot.meta;
  const [name, id] = [fields.indexOf('name'), fields.indexOf('id')];
  const known = strings.indexOf(KnownThing.name);
  const ids: number[] = [];
  for (let node = 0; node < nodes.length; node += fields.length) {
    if (nodes[node + name] === known && nodes[node + id] !== undefined) ids.push(nodes[node + id] as number);
  }
  return ids.sort((a, b) => a - b);
}

describe('IsolateInspector', () => {
  it('has the ids of objects until it is told that they may be forgotten, and its samples also then', async () => {
    const inspector = inspectHere();
    await inspector.startSampling({ intervalBytes: 1_024, includeCollected: false });
    const first = await idsOfKnownThings(inspector);
    const garbage = Array.from({ length: 10_007 }, (_, at) => ({ at }));
    const second = await idsOfKnownThings(inspector);
    await inspector.forgetObjectIds();
    const third = await idsOfKnownThings(inspector);
    expect(first.length).toBeGreaterThanOrEqual(held.length);
    expect(second).toEqual(first);
    expect(third).toHaveLength(first.length);
    expect(third).not.toEqual(first);
    const { samples } = await inspector.readSamplingProfile();
    expect(samples.length).toBeGreaterThan(garbage.length / 1_000);
  });

  it('forgets its samples when it stops, and samples anew', async () => {
    const inspector = inspectHere();
    await inspector.startSampling({ intervalBytes: 1_024, includeCollected: false });
    const kept = Array.from({ length: 20_011 }, (_, at) => ({ at }));
    const before = (await inspector.readSamplingProfile()).samples.length;
    await inspector.stopSampling();
    await inspector.startSampling({ intervalBytes: 65_536, includeCollected: false });
    const { samples } = await inspector.readSamplingProfile();
    expect(before).toBeGreaterThan(kept.length / 100);
    expect(samples.length).toBeLessThan(before / 10);
  });

  it('has V8 begin to mark, so that the next collection does not begin with everything stopped', async () => {
    const inspector = inspectHere();
    await inspector.startSampling({ intervalBytes: 65_536, includeCollected: false });
    const causes: unknown[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const { detail } of list.getEntries() as (PerformanceEntry & { detail: { kind: number } })[])
        causes.push(detail.kind);
    });
    observer.observe({ entryTypes: ['gc'] });
    const warnings: unknown[] = [];
    const warn = (warning: unknown) => warnings.push(warning);
    process.on('warning', warn);
    await inspector.startMarking();
    await inspector.readSamplingProfile();
    await delay(50);
    observer.disconnect();
    process.off('warning', warn);
    expect(causes).toContain(constants.NODE_PERFORMANCE_GC_INCREMENTAL);
    expect(warnings).toEqual([]);
  });

  it('does not wait for a thread whose event loop does not turn', async () => {
    const silent: InspectorLink = { post: () => new Promise(() => {}), on: () => () => {} };
    await expect(new IsolateInspector(silent).startMarking()).resolves.toBeUndefined();
  });

  it('refuses to sample twice, with a reason', async () => {
    const inspector = inspectHere();
    await inspector.startSampling({ intervalBytes: 1_024, includeCollected: false });
    await expect(inspector.startSampling({ intervalBytes: 1_024, includeCollected: false })).rejects.toThrow(
      /already runs/,
    );
  });

  it('reads the memory of its isolate', async () => {
    const { heapUsedBytes, externalBytes } = await inspectHere().readMemory();
    expect(heapUsedBytes).toBeGreaterThan(1_000_000);
    expect(externalBytes).toBeGreaterThan(10_000);
  });
});
