const BLOCK_BYTES = 1 << 16;

/**
 * A piece of {@link HeldText}. The class has a name of its own, so that the next snapshot can tell it from the
 * program's buffers, and one size, so that its bytes can be told from theirs.
 */
class HeldBlock extends ArrayBuffer {
  next: HeldBlock | null = null;

  constructor() {
    super(BLOCK_BYTES);
  }
}

/**
 * Text kept where it can be subtracted from the next heap snapshot exactly: as rows of plain objects, one snapshot with
 * 2,000 types would put some 8,000 objects of memx into the next one, among those of the program.
 */
export class HeldText {
  private first: HeldBlock | null = null;
  private readonly byteLength: number;

  constructor(text: string) {
    const bytes = Buffer.from(text);
    this.byteLength = bytes.length;
    const lastStart = Math.floor((bytes.length - 1) / BLOCK_BYTES) * BLOCK_BYTES;
    for (let start = lastStart; start >= 0; start -= BLOCK_BYTES) {
      const block = new HeldBlock();
      bytes.copy(new Uint8Array(block), 0, start);
      block.next = this.first;
      this.first = block;
    }
  }

  toString(): string {
    const blocks: Uint8Array[] = [];
    for (let block = this.first; block !== null; block = block.next) blocks.push(new Uint8Array(block));
    return Buffer.concat(blocks, this.byteLength).toString('utf8');
  }
}

/** How V8 will call what {@link HeldText} is made of; the names of the classes, which a minifier may have changed. */
export const heldTypes = {
  names: [HeldText.name, HeldBlock.name],
  blockName: HeldBlock.name,
  blockBytes: BLOCK_BYTES,
  /** V8's row for the bytes of all array buffers. */
  bytesName: 'JSArrayBufferData',
} as const;
