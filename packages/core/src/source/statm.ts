import { builtin } from '../builtin.js';

const { closeSync, openSync, readFileSync, readSync } = builtin('node:fs');

/** Linux' cheapest account of a process: `/proc/<pid>/statm`, read again and again through one descriptor. */
export interface Statm {
  /** The resident set in bytes, about 1 µs; 0 once the process has ended. */
  readRssBytes(): number;
  close(): void;
}

/** @returns undefined where there is no such process, or no procfs (macOS, Windows, some sandboxes) */
export function openStatm(pid: number | 'self'): Statm | undefined {
  const pageBytes = readPageBytes();
  if (pageBytes === undefined) return undefined;
  let descriptor: number;
  try {
    descriptor = openSync(`/proc/${pid}/statm`, 'r');
  } catch {
    return undefined;
  }
  const text = new Uint8Array(128);
  let open = true;
  return {
    readRssBytes() {
      if (!open) return 0;
      try {
        return residentPages(text, readSync(descriptor, text, 0, text.length, 0)) * pageBytes;
      } catch {
        return 0; // ESRCH: the process is gone, and its number may belong to another one
      }
    },
    close() {
      if (!open) return;
      open = false;
      closeSync(descriptor);
    },
  };
}

const SPACE = 0x20;
const ZERO = 0x30;

/** `size resident shared …` in pages: the second number, parsed without making a string. */
function residentPages(text: Uint8Array, length: number): number {
  let at = text.indexOf(SPACE) + 1;
  let pages = 0;
  for (; at < length && text[at] !== SPACE; at++) pages = pages * 10 + (text[at] ?? ZERO) - ZERO;
  return pages;
}

const AT_PAGESZ = 6n;

/** The kernel's page size (4, 16 or 64 KiB), which Node does not tell, from the pairs of the ELF auxiliary vector. */
function readPageBytes(): number | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync('/proc/self/auxv');
  } catch {
    return undefined;
  }
  const vector = new BigUint64Array(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + (bytes.length & ~15)),
  );
  for (let pair = 0; pair + 1 < vector.length; pair += 2) {
    if (vector[pair] === AT_PAGESZ) return Number(vector[pair + 1]);
  }
  return undefined;
}
