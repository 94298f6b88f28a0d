import type { RecordArrayReader } from '../snapshot/record-array-reader.js';
import { snapshotFormatError } from '../snapshot/snapshot-format-error.js';
import { SnapshotKernel } from '../snapshot/snapshot-kernel.js';
import type { SnapshotLayout } from '../snapshot/snapshot-layout.js';
import { SnapshotTokenizer } from '../snapshot/snapshot-tokenizer.js';
import { type ByteStore, FileBytes } from './byte-store.js';
import { type EdgeColumns, startEdgeColumns } from './edge-columns-reader.js';
import { EdgeNames } from './edge-names.js';
import { EdgeOwners } from './edge-owners.js';
import type { HeapColumns, NodeColumns } from './heap-columns.js';
import { startNodeColumns } from './node-columns-reader.js';
import { checkPromisedCounts, nameMissingMemory } from './promised-counts.js';
import type { OpenSource } from './snapshot-source.js';
import { StringOffsets } from './string-offsets.js';
import { StringOffsetsReader } from './string-offsets-reader.js';
import { StringTable } from './string-table.js';
import { TextSpool } from './text-spool.js';
import { WeakMapPairs } from './weak-map-pairs.js';

/** @see {@link readHeapColumns} */
export interface ReadColumnsOptions {
  /** Where a source that cannot be read twice leaves its names. Default: the system's folder for temporary files. */
  readonly tempFolder?: string | undefined;
  /** Called before each piece; may throw to stop the reading. */
  readonly onPiece?: () => void;
}

/** The snapshot in columns, and its text for all that is decoded on demand. */
export interface ReadHeap extends HeapColumns {
  readonly owners: EdgeOwners;
  readonly edgeNames: EdgeNames;
  readonly strings: StringTable;
  readonly pairs: WeakMapPairs;
  readonly store: ByteStore;
  /** Where the section `locations` begins; null when there is none. */
  readonly locationsOffset: number | null;
  readonly textBytes: number;
}

/** @throws MemxError `ERR_MEMX_SNAPSHOT_FORMAT`, `ERR_MEMX_IO`, `ERR_MEMX_UNSUPPORTED` beyond 2^28 nodes, `ERR_MEMX_TOO_EXPENSIVE` */
export async function readHeapColumns(
  source: OpenSource,
  options: ReadColumnsOptions = {},
): Promise<ReadHeap> {
  const reading = new ColumnsReading(source.mostTextBytes);
  const isPlain = source.plainDescriptor !== null;
  let spool: TextSpool | null = null;
  let byteOffset = 0;
  try {
    for await (const bytes of source.pieces) {
      options.onPiece?.();
      reading.tokenizer.write(bytes);
      // Names of edges, locations and strings are all that is ever read again; they come behind the nodes.
      if (!isPlain && reading.edgesOffset !== null) {
        spool ??= new TextSpool(byteOffset, options.tempFolder);
        spool.write(bytes);
      }
      byteOffset += bytes.length;
    }
    reading.tokenizer.end();
    const store = isPlain
      ? new FileBytes(source.plainDescriptor as number, 0)
      : (spool ?? new TextSpool(byteOffset)).finish();
    return reading.finish(store, byteOffset);
  } catch (error) {
    spool?.discard();
    throw nameMissingMemory(error, byteOffset);
  }
}

/** What is known of the snapshot while its text comes in. */
class ColumnsReading {
  readonly tokenizer: SnapshotTokenizer;
  edgesOffset: number | null = null;
  private locationsOffset: number | null = null;
  private layout: SnapshotLayout | null = null;
  private nodes: NodeColumns | null = null;
  private edgeColumns: EdgeColumns | null = null;
  private edgesReader: RecordArrayReader | null = null;
  private readonly kernel = new SnapshotKernel();
  private readonly offsets = new StringOffsets();
  private readonly stringsReader = new StringOffsetsReader(this.offsets, this.kernel);
  private readonly pairs = new WeakMapPairs();

  constructor(mostTextBytes: number | null) {
    this.tokenizer = new SnapshotTokenizer({
      takeLayout: (layout) => {
        checkPromisedCounts(layout, mostTextBytes);
        this.layout = layout;
        this.pairs.expect(layout);
      },
      startNodes: (layout) => {
        const { reader, columns } = startNodeColumns(layout, this.kernel);
        this.nodes = columns;
        return reader;
      },
      startEdges: (layout, byteOffset) => {
        const { reader, columns } = startEdgeColumns(layout, this.pairs, this.kernel);
        this.edgeColumns = columns;
        this.edgesReader = reader;
        this.edgesOffset = byteOffset;
        return reader;
      },
      startLocations: (byteOffset) => {
        this.locationsOffset = byteOffset;
        return undefined;
      },
      startStrings: () => this.stringsReader,
    });
  }

  finish(store: ByteStore, textBytes: number): ReadHeap {
    const { layout, nodes, edgeColumns } = this;
    if (layout === null || nodes === null || edgeColumns === null) {
      throw snapshotFormatError('the sections "nodes" and "edges"', null);
    }
    const { edges, marks } = edgeColumns;
    if ((nodes.firstEdges[nodes.count] as number) !== edges.length) {
      throw snapshotFormatError(
        `nodes with ${edges.length} edges together, as the header promises`,
        null,
        `${nodes.firstEdges[nodes.count]}`,
      );
    }
    const strings = new StringTable(this.offsets, this.stringsReader.endOffset, store);
    const owners = new EdgeOwners(nodes.firstEdges);
    this.pairs.resolve({ nodes, edges, owners }, strings, this.stringsReader.findLikelyPairs());
    const { pairs, locationsOffset } = this;
    const edgeNames = new EdgeNames(layout, { marks, endOffset: this.edgesReader?.endOffset ?? 0, store });
    return { layout, nodes, edges, owners, edgeNames, strings, pairs, store, locationsOffset, textBytes };
  }
}
