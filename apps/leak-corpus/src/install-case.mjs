import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Copies a case that has dependencies to a folder of its own and installs what it pins; one without runs where it is. A folder that is there from an earlier run serves
 * again, so that a second run needs no network.
 *
 * @param {import('./read-cases.mjs').LabelledCase} labelled
 * @returns {Promise<string>} the folder to run it in
 */
export async function installCase({ name, folder }) {
  if (!hasDependencies(folder)) return folder; // runs where it is
  const home = join(tmpdir(), 'memx-corpus');
  const installed = join(home, name);
  if (existsSync(installed)) {
    cpSync(folder, installed, { recursive: true }); // the case itself may have changed
    return installed;
  }
  const unfinished = join(home, `${name}.unfinished`);
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  cpSync(folder, unfinished, { recursive: true });
  const flags = ['--prefer-offline', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  await run('npm', ['install', ...flags], { cwd: unfinished, shell: process.platform === 'win32' });
  renameSync(unfinished, installed);
  return installed;
}

function hasDependencies(folder) {
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest)) return false;
  const { dependencies = {} } = JSON.parse(readFileSync(manifest, 'utf8'));
  return Object.keys(dependencies).length > 0;
}
