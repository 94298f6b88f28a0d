import { execFile } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { promisify } from 'node:util';
import type { Workshop } from './workshop.js';

/** What a published package.json says about what it needs. */
export interface PackedManifest {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** Reads package.json out of a tarball; every system that Node runs on has a `tar`. */
export async function readPackedManifest({ tarballs }: Workshop, name: string): Promise<PackedManifest> {
  const tarball = tarballs.find((candidate) => candidate.name === name);
  if (!tarball) throw new Error(`No tarball of ${name}. Packed were: ${tarballs.map(({ name }) => name)}.`);
  const extract = ['-xzOf', basename(tarball.filename), 'package/package.json'];
  const { stdout } = await promisify(execFile)('tar', extract, { cwd: dirname(tarball.filename) });
  return JSON.parse(stdout);
}
