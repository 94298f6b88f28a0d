import { checkOneOf, MemxError } from '@memx/core';
import type { AllocationProfile } from '../allocation/allocation-profile.js';
import { decodeCollapsed, toCollapsed } from './collapsed.js';
import { fieldsOf, isFields } from './fields.js';
import { decodeHeapprofile, toHeapprofile } from './heapprofile.js';
import { decodeMemxJson, SCHEMA as MEMX_SCHEMA, toMemxJson } from './memx-json.js';
import { decodePprof, isGzip, toPprof } from './pprof.js';
import { profileFormatError } from './profile-format-error.js';
import { decodeSpeedscope, SCHEMA as SPEEDSCOPE_SCHEMA, toSpeedscope } from './speedscope.js';

/** The files that an allocation profile can become, and be read from. */
export type ProfileFormat = 'heapprofile' | 'pprof' | 'speedscope' | 'collapsed' | 'json';

const ENCODERS: Readonly<
  Record<ProfileFormat, (profile: AllocationProfile) => string | Promise<Uint8Array>>
> = {
  heapprofile: toHeapprofile,
  pprof: toPprof,
  speedscope: toSpeedscope,
  collapsed: toCollapsed,
  json: toMemxJson,
};

/** What each format's files are called; the longest ending that fits counts. */
const ENDINGS: readonly (readonly [ending: string, format: ProfileFormat])[] = [
  ['.heapprofile', 'heapprofile'],
  ['.pb.gz', 'pprof'],
  ['.pprof', 'pprof'],
  ['.speedscope.json', 'speedscope'],
  ['.collapsed', 'collapsed'],
  ['.json', 'json'],
];

export const profileFileEndings: readonly string[] = ENDINGS.map(([ending]) => ending);

/** The format that a file's name asks for; null when it asks for none. */
export function profileFormatOf(filename: string): ProfileFormat | null {
  return ENDINGS.find(([ending]) => filename.endsWith(ending))?.[1] ?? null;
}

/**
 * A profile, or the difference of two, as the bytes of a file. `heapprofile` opens in Chrome DevTools, `pprof` in
 * `go tool pprof` and Pyroscope, `speedscope` on speedscope.app, `collapsed` in flame graph tools. All but `collapsed`
 * (bytes and stacks only) give back the same profile when they are decoded. Where a format knows no negative bytes,
 * the stacks of a difference stand under `(grew)` and `(shrank)`.
 *
 * @throws MemxError `ERR_MEMX_INVALID_OPTION` for a format that there is not.
 */
export async function encodeProfile(profile: AllocationProfile, format: ProfileFormat): Promise<Uint8Array> {
  checkOneOf('format', format, Object.keys(ENCODERS));
  const encoded = await ENCODERS[format](profile);
  return typeof encoded === 'string' ? Buffer.from(encoded) : encoded;
}

/**
 * Reads a profile of any of the formats, told apart by what is in it: memx's own, and those of V8 (`--heap-prof`),
 * Chrome, pprof and speedscope. A file larger than a JavaScript string (512 MB) can only be pprof.
 *
 * @throws MemxError `ERR_MEMX_PROFILE_FORMAT`
 */
export async function decodeProfile(bytes: Uint8Array): Promise<AllocationProfile> {
  try {
    if (looksBinary(bytes)) return await decodePprof(bytes);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return /^\s*[{[]/.test(text) ? decodeJson(JSON.parse(text)) : decodeCollapsed(text);
  } catch (error) {
    if (error instanceof MemxError) throw error;
    throw profileFormatError('The file is no allocation profile, or is cut short', describe(error), error);
  }
}

/** A pprof file is gzipped, or begins with its first field, sample_type (number 1, of a length below 128). */
function looksBinary(bytes: Uint8Array): boolean {
  return isGzip(bytes) || (bytes[0] === 0x0a && bytes[2] === 0x08);
}

function decodeJson(value: unknown): AllocationProfile {
  const file = fieldsOf(value, 'The file');
  if (file['schema'] === MEMX_SCHEMA) return decodeMemxJson(file);
  if (file['$schema'] === SPEEDSCOPE_SCHEMA) return decodeSpeedscope(file);
  if (isFields(file['head'])) return decodeHeapprofile(file);
  throw profileFormatError('The JSON is no allocation profile; it has the fields', Object.keys(file));
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
