import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const INSTALL_LIMIT_MS = 120_000;

/**
 * Installs a suite into a folder of its own below the system's folder for temporary files, or finds it there.
 *
 * @param {import('./npm-suites.mjs').NpmSuite} suite
 * @returns {Promise<string | null>} the folder; null when npm could not install it, as without a network
 */
export async function installSuite(suite) {
  const dependencies = { [suite.package]: suite.version, ...suite.needs };
  const manifest = JSON.stringify({ private: true, dependencies }, null, 2);
  const hash = createHash('sha256').update(manifest).digest('hex').slice(0, 8);
  const folder = join(tmpdir(), 'memx-bench-suites', `${suite.package.replaceAll('/', '-')}-${hash}`);
  const isInstalled = join(folder, 'installed');
  if (existsSync(isInstalled)) return folder;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), manifest);
  try {
    const command = [
      'install',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--no-package-lock',
      '--silent',
    ];
    await run('npm', command, {
      cwd: folder,
      timeout: INSTALL_LIMIT_MS,
      shell: process.platform === 'win32',
    });
  } catch {
    return null;
  }
  if (suite.copy) await cp(join(folder, suite.copy[0]), join(folder, suite.copy[1]), { recursive: true });
  await writeFile(isInstalled, '');
  return folder;
}
