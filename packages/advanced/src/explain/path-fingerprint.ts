import { createHash } from 'node:crypto';

/** Names a leak by the end of its retaining path, which holds no id, no index and no line. */
export function fingerprintOfPath(words: readonly string[]): string {
  return hashParts(words.map((word) => word.replace(/:\d+\)$/, ')').replace(/ \(\d+ times\)$/, '')));
}

export function hashParts(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16);
}
