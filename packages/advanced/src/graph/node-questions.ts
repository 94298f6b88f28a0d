import { describeNode, type NodeKind } from '../snapshot/node-naming.js';
import type { SnapshotLayout } from '../snapshot/snapshot-layout.js';
import { type NodeLocation, NodeLocations } from './node-locations.js';
import type { ReadHeap } from './read-heap-columns.js';

/** What can be asked of a single node: what the snapshot itself says of it. */
export class NodeQuestions {
  readonly nodeCount: number;
  /** @internal */
  protected readonly heap: ReadHeap;
  private madeLocations: NodeLocations | undefined;

  /** @internal */
  protected constructor(heap: ReadHeap) {
    this.heap = heap;
    this.nodeCount = heap.nodes.count;
  }

  /** What the snapshot says of its own format: names of types and fields. */
  get layout(): SnapshotLayout {
    return this.heap.layout;
  }

  /** V8's name of the node's type: `object`, `closure`, `hidden`, `synthetic`, … */
  typeOf(node: number): string {
    return this.layout.nodeTypes[this.heap.nodes.types[node] as number] as string;
  }

  /** V8's name of the node: a constructor, a function's name, a string's text (at most 1024 characters). */
  nameOf(node: number): string {
    return this.heap.strings.get(this.heap.nodes.names[node] as number);
  }

  /** A number for the name: V8 gives the same to equal texts, so that they can be compared without being read. */
  nameNumberOf(node: number): number {
    return this.heap.nodes.names[node] as number;
  }

  /** The name of the node's row in {@link classes} and in the histogram. */
  classNameOf(node: number): string {
    const type = this.typeOf(node);
    return describeNode(type, type === 'string' ? '' : this.nameOf(node))?.name ?? '(synthetic)';
  }

  /** What kind of row that is; `synthetic` for roots. */
  kindOf(node: number): NodeKind | 'synthetic' {
    const type = this.typeOf(node);
    return describeNode(type, type === 'string' ? '' : this.nameOf(node))?.kind ?? 'synthetic';
  }

  /** V8's id of the object, which later snapshots of the same open session repeat. */
  idOf(node: number): number {
    return this.heap.nodes.ids[node] as number;
  }

  /** Null when no object has that id. Cost: one pass over the ids, 1 ms per million nodes. */
  nodeById(id: number): number | null {
    const node = this.heap.nodes.ids.indexOf(id);
    return node < 0 ? null : node;
  }

  shallowSizeBytes(node: number): number {
    return this.heap.nodes.sizes.get(node);
  }

  /** Whether the embedder (Chrome's DOM) still shows the object. */
  detachednessOf(node: number): 'unknown' | 'attached' | 'detached' {
    const state = this.heap.nodes.detachedness.get(node) ?? 0;
    return state === 2 ? 'detached' : state === 1 ? 'attached' : 'unknown';
  }

  /** Where the function, or the object's class, stands; null for most nodes. */
  locationOf(node: number): NodeLocation | null {
    return this.locations?.get(node) ?? null;
  }

  private get locations(): NodeLocations | null {
    const { layout, store, locationsOffset, textBytes } = this.heap;
    if (locationsOffset === null) return null;
    this.madeLocations ??= new NodeLocations(layout, store, { from: locationsOffset, to: textBytes });
    return this.madeLocations;
  }
}
