import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { decodeProfile } from '@memx/advanced';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const MEMX = fileURLToPath(new URL('bin/memx.mjs', import.meta.resolve('memx/package.json')));
const CRUISE = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

/** One of the tools of this repository, ES modules and CommonJS of a dozen packages, as a user would profile it. */
export async function profileRealProgram(folder) {
  const file = join(folder, 'recorded.json');
  const command = [MEMX, 'profile', '--lines', '-o', file, CRUISE, '--', '--no-config', 'packages/core/src'];
  await promisify(execFile)(process.execPath, command, { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 });
  return await decodeProfile(await readFile(file));
}
