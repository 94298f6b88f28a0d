const BLOCK_SHIFT = 6;

/**
 * Whose edge it is, found in two trips to memory: the owner of the first edge of every 64 is kept (a sixteenth of a byte
 * per edge), and the rest is a short walk. A binary search in the seven million first edges takes over twenty.
 */
export class EdgeOwners {
  private readonly firstEdges: Int32Array;
  private readonly blocks: Int32Array;

  constructor(firstEdges: Int32Array) {
    this.firstEdges = firstEdges;
    const edgeCount = firstEdges[firstEdges.length - 1] as number;
    this.blocks = new Int32Array((edgeCount >>> BLOCK_SHIFT) + 1);
    let node = 0;
    for (let block = 0; block < this.blocks.length; block++) {
      const edge = block << BLOCK_SHIFT;
      while (edge < edgeCount && (firstEdges[node + 1] as number) <= edge) node++;
      this.blocks[block] = node;
    }
  }

  ownerOf(edge: number): number {
    let node = this.blocks[edge >>> BLOCK_SHIFT] as number;
    while ((this.firstEdges[node + 1] as number) <= edge) node++;
    return node;
  }
}
