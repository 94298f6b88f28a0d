import { readSync } from 'node:fs';
import { MemxError } from '@memx/core';

/** 0.25 to 4 MiB read equally fast (Node 20.20). */
const PIECE_BYTES = 1 << 20;
/** So many pieces are read before the event loop gets a turn, in which a signal may abort. */
const PIECES_PER_TURN = 16;

/** The file in pieces; each is good until the next one is asked for. */
export async function* readFilePieces(descriptor: number, path: string): AsyncGenerator<Buffer> {
  const piece = Buffer.allocUnsafeSlow(PIECE_BYTES);
  for (let count = 1; ; count++) {
    const bytesRead = readPiece(descriptor, piece, path);
    if (bytesRead === 0) return;
    yield piece.subarray(0, bytesRead);
    if (count % PIECES_PER_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

function readPiece(descriptor: number, piece: Buffer, path: string): number {
  try {
    return readSync(descriptor, piece, 0, piece.length, null);
  } catch (cause) {
    throw new MemxError('ERR_MEMX_IO', {
      what: 'The heap snapshot could not be read',
      value: path,
      remedy: 'Check that it is a file and may be read.',
      cause,
    });
  }
}
