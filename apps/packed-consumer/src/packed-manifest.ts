import { execFile } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { promisify } from 'node:util';
import type { Tarball } from './workshop.js';

/** What a published package.json says about what it needs. */
export interface PackedManifest {
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** Reads package.json out of a tarball; every system that Node runs on has a `tar`. */
export async function readPackedManifest({ filename }: Tarball): Promise<PackedManifest> {
  const extract = ['-xzOf', basename(filename), 'package/package.json'];
  const { stdout } = await promisify(execFile)('tar', extract, { cwd: dirname(filename) });
  return JSON.parse(stdout);
}
