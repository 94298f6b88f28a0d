import { describe, expect, it } from 'vitest';
import { ThreadInspector } from '../../src/inspector/thread-inspector.js';

class KnownThing {
  readonly n = 7;
}
const held = Array.from({ length: 1_009 }, () => new KnownThing());

interface SnapshotText {
  readonly snapshot: { readonly meta: { readonly node_fields: readonly string[] } };
  readonly nodes: readonly number[];
  readonly strings: readonly string[];
}

/** The ids of the snapshot's objects of that class. */
async function idsOfKnownThings(inspector: ThreadInspector): Promise<number[]> {
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

describe('ThreadInspector', () => {
  it('has the ids of objects until it is told that they may be forgotten, and its samples also then', async () => {
    using inspector = new ThreadInspector();
    inspector.startSampling({ intervalBytes: 1_024, includeCollected: false });
    const first = await idsOfKnownThings(inspector);
    const garbage = Array.from({ length: 10_007 }, (_, at) => ({ at }));
    const second = await idsOfKnownThings(inspector);
    inspector.forgetObjectIds();
    const third = await idsOfKnownThings(inspector);
    expect(first.length).toBeGreaterThanOrEqual(held.length);
    expect(second).toEqual(first);
    expect(third).toHaveLength(first.length);
    expect(third).not.toEqual(first);
    expect(inspector.readSamplingProfile().samples.length).toBeGreaterThan(garbage.length / 1_000);
  });
});
