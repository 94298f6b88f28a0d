import { MemxError } from '@memx/core';
import type { SnapshotEdgeType } from './snapshot-format.js';

/** A node of the snapshot being built; made by {@link SnapshotBuilder} and given back to it. */
export interface SnapshotNode {
  readonly type: string;
  readonly name: string;
  readonly id: number;
  readonly sizeBytes: number;
  /** 0 unknown, 1 attached, 2 detached, as Chrome says of DOM nodes. */
  readonly detachedness: number;
  readonly edges: readonly SnapshotEdge[];
  readonly location: SnapshotLocation | null;
}

/** A reference; `nameOrIndex` is a number for element and hidden edges, and a name for all others. */
export interface SnapshotEdge {
  readonly type: SnapshotEdgeType;
  readonly nameOrIndex: string | number;
  readonly to: SnapshotNode;
}

/** Where a function or class stands, 0-based as V8 writes it. */
export interface SnapshotLocation {
  readonly scriptId: number;
  readonly line: number;
  readonly column: number;
}

/** What may be said of a node; all of it has a default. */
export interface SnapshotNodeOptions {
  readonly sizeBytes?: number;
  /** Default: the next odd number, as V8 numbers objects in its heap. */
  readonly id?: number;
  readonly detachedness?: 0 | 1 | 2;
  readonly location?: SnapshotLocation;
}

/** Collects the nodes and edges of a made-up heap. Starts with the root and `(GC roots)`, as every snapshot does. */
export class SnapshotBuilder {
  /** The synthetic root, the first node. Hang natives and globals here. */
  readonly root: SnapshotNode;
  /** `(GC roots)`. Hang what V8 itself holds here. */
  readonly gcRoots: SnapshotNode;
  private readonly edgesOf = new Map<SnapshotNode, SnapshotEdge[]>();
  private nextId = 1;

  constructor() {
    this.root = this.node('synthetic', '');
    this.gcRoots = this.node('synthetic', '(GC roots)');
    this.edge(this.root, 'element', 1, this.gcRoots);
  }

  /** In the order in which they were made, which is their order in the text. */
  get nodes(): readonly SnapshotNode[] {
    return [...this.edgesOf.keys()];
  }

  /** A node of any type, by V8's name of the type. */
  node(type: string, name: string, options: SnapshotNodeOptions = {}): SnapshotNode {
    const { sizeBytes = 0, id = this.nextId, detachedness = 0, location = null } = options;
    this.nextId = Math.max(this.nextId, id + (id % 2 === 0 ? 1 : 2));
    const edges: SnapshotEdge[] = [];
    const node = { type, name, id, sizeBytes, detachedness, location, edges };
    this.edgesOf.set(node, edges);
    return node;
  }

  object(constructorName: string, options?: SnapshotNodeOptions): SnapshotNode {
    return this.node('object', constructorName, options);
  }

  closure(functionName: string, options?: SnapshotNodeOptions): SnapshotNode {
    return this.node('closure', functionName, options);
  }

  string(text: string, options?: SnapshotNodeOptions): SnapshotNode {
    return this.node('string', text, options);
  }

  array(name: string, options?: SnapshotNodeOptions): SnapshotNode {
    return this.node('array', name, options);
  }

  hidden(name: string, options?: SnapshotNodeOptions): SnapshotNode {
    return this.node('hidden', name, options);
  }

  native(name: string, options?: SnapshotNodeOptions): SnapshotNode {
    return this.node('native', name, options);
  }

  /** `from.nameOrIndex = to`. */
  edge(from: SnapshotNode, type: SnapshotEdgeType, nameOrIndex: string | number, to: SnapshotNode): void {
    const edges = this.edgesOf.get(from);
    if (edges === undefined || !this.edgesOf.has(to)) {
      throw new MemxError('ERR_MEMX_INVALID_OPTION', {
        what: 'An edge joins nodes of different snapshots',
        value: `${from.name} -> ${to.name}`,
        remedy: 'Use the nodes that this builder returned.',
      });
    }
    edges.push({ type, nameOrIndex, to });
  }
}
