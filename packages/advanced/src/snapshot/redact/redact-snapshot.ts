import { randomBytes } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { checkFunction, checkOneOf, checkOptions, MemxError } from '@memx/core';
import { openWholeFile } from '../whole-file.js';
import { ByteReader } from './byte-reader.js';
import { findTextRoles } from './find-text-roles.js';
import { type RedactionLevel, redactionLevels } from './redaction-level.js';
import { indexSections, type SectionIndex } from './section-index.js';
import { Turns } from './turns.js';
import { ValueHash } from './value-hash.js';
import { writeRedacted } from './write-redacted.js';

/** @see {@link redactSnapshot} */
export interface RedactSnapshotOptions {
  /** @see {@link RedactionLevel}. Default `'names'`. */
  readonly level?: RedactionLevel;
  /**
   * With the same salt, the same text becomes the same stand-in, so that two redacted snapshots can be compared. Keep it
   * as secret as the snapshot: with it, texts can be tried. Default: random, and forgotten.
   */
  readonly salt?: string | Uint8Array;
  readonly signal?: AbortSignal;
  /** Called some times a second with how much of the work is done, from 0 to 1. */
  readonly onProgress?: (progress: { readonly fraction: number }) => void;
}

/** @see {@link redactSnapshot} */
export interface RedactedSnapshot {
  readonly level: RedactionLevel;
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly stringCount: number;
  readonly writtenBytes: number;
  /** Equal for files that were redacted with the same salt, and so can be compared. */
  readonly saltFingerprint: string;
}

/**
 * Copies a .heapsnapshot without what it tells of the program's data. Types, sizes, ids and references stay as they are,
 * so sums, dominators and paths come out the same, and Chrome DevTools opens the copy.
 *
 * Every value is replaced by a salted hash, at every level: strings, numbers, regular expressions, descriptions of
 * symbols, keys of dictionaries, class names that are data (`Symbol.toStringTag`), paths of files. A name stays only when
 * the snapshot shows that the program's code has it: when compiled functions hold the very text. So a key that was read
 * from a file goes, and so does a name from code that V8 has not compiled. Property names that look like data (six
 * digits, sixteen hex digits, no identifier) go in any case. Sizes stay, and tell the lengths of strings.
 *
 * Cost: reads the file four times; memory for one byte a string and one bit a node, whatever the file's size.
 *
 * @param source a .heapsnapshot file, not packed
 * @param destination written whole or not at all, mode 0600; `.gz`, `.br` and `.zst` are packed
 * @throws MemxError `ERR_MEMX_SNAPSHOT_FORMAT`, `ERR_MEMX_IO`, `ERR_MEMX_ABORTED`, `ERR_MEMX_INVALID_OPTION`
 */
export async function redactSnapshot(
  source: string,
  destination: string,
  options: RedactSnapshotOptions = {},
): Promise<RedactedSnapshot> {
  checkOptions('redactSnapshot', options, ['level', 'salt', 'signal', 'onProgress']);
  const level = checkOneOf('level', options.level ?? 'names', redactionLevels);
  const onProgress = checkFunction('onProgress', options.onProgress);
  const hash = new ValueHash(toSalt(options.salt));
  const fd = openSource(source);
  try {
    const reader = new ByteReader(fd);
    const sections = indexSections(reader);
    const turns = new Turns({ totalBytes: bytesToRead(sections), signal: options.signal, onProgress });
    const roles = await findTextRoles({ fd, reader, sections, turns });
    const sink = await openWholeFile(destination);
    try {
      const stringCount = await writeRedacted({ fd, reader, sections, turns, roles, level, hash, sink });
      turns.check();
      const { writtenBytes } = await sink.finish();
      onProgress?.({ fraction: 1 });
      const { nodeCount, edgeCount } = sections.layout;
      return { level, nodeCount, edgeCount, stringCount, writtenBytes, saltFingerprint: hash.fingerprint };
    } finally {
      await sink.discard();
    }
  } finally {
    closeSync(fd);
  }
}

/** Numbers are read twice, and the texts four times. */
function bytesToRead({ offsets, endOffset }: SectionIndex): number {
  return 2 * endOffset + 2 * (endOffset - (offsets.get('strings') as number));
}

function toSalt(salt: unknown): Uint8Array {
  if (salt === undefined) return randomBytes(32);
  const bytes = typeof salt === 'string' ? Buffer.from(salt) : salt;
  if (bytes instanceof Uint8Array && bytes.length > 0) return bytes;
  throw new MemxError('ERR_MEMX_INVALID_OPTION', {
    what: 'Invalid salt',
    // Not echoed: it may be a secret.
    value: typeof salt,
    remedy: 'Give a string or bytes, at least one, or leave it out.',
  });
}

function openSource(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (cause) {
    throw new MemxError('ERR_MEMX_IO', {
      what: 'The heap snapshot could not be read',
      value: path,
      remedy: 'Check that the file exists and may be read.',
      cause,
    });
  }
}
