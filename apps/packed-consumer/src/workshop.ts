import { execFile } from 'node:child_process';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

/** One packed package, as `pnpm pack` tells it. */
export interface Tarball {
  readonly name: string;
  readonly version: string;
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** A temporary folder of one test run: the tarballs, and beside them the folders that install them. */
export interface Workshop {
  readonly folder: string;
  readonly tarballs: readonly Tarball[];
}

declare module 'vitest' {
  interface ProvidedContext {
    workshop: Workshop;
  }
}

/** Packs the published packages once for all test files; vitest calls it before the first one. */
export default async function openWorkshop(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'memx-packed-'));
  project.provide('workshop', { folder, tarballs: await packAll(folder) });
  return () => rm(folder, { recursive: true, force: true });
}

async function packAll(folder: string): Promise<Tarball[]> {
  const words = ['--recursive', '--filter', './packages/*', 'pack', '--json', '--pack-destination'];
  const { stdout } = await promisify(execFile)('pnpm', [...words, join(folder, 'tarballs')], {
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    shell: process.platform === 'win32',
  });
  return JSON.parse(stdout);
}
