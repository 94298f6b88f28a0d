import { execFile } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Workshop } from './workshop.js';

const run = promisify(execFile);
const APP = fileURLToPath(new URL('..', import.meta.url));
const INTEGRATIONS = fileURLToPath(new URL('../../../packages/integrations', import.meta.url));

/** A folder of a user's, into which packages were installed with npm. */
export interface Consumer {
  readonly folder: string;
}

/** What a user has done before the first import: a folder with a package.json, and one `npm install`. */
export async function installConsumer(
  { folder: workshop, tarballs }: Workshop,
  label: string,
  wanted: { readonly own: readonly string[]; readonly peers?: readonly string[] },
): Promise<Consumer> {
  const folder = join(workshop, label);
  await mkdir(folder);
  const own = tarballs
    .filter(({ name }) => wanted.own.includes(name))
    .map(({ name, filename }) => [name, `file:../tarballs/${basename(filename)}`]);
  const peers = await Promise.all(
    (wanted.peers ?? []).map(async (peer) => [peer, await testedVersion(peer)]),
  );
  const manifest = {
    private: true,
    dependencies: Object.fromEntries([...own, ...peers]),
    // A layer asks for the one below by version, which npm would look for in its registry.
    overrides: Object.fromEntries(own.map(([name]) => [name, `$${name}`])),
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  // With npm's cache full, a second run needs no network.
  await npm('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund'], folder);
  return { folder };
}

/** The names of all installed packages. */
export async function listInstalled({ folder }: Consumer): Promise<string[]> {
  const modules = join(folder, 'node_modules');
  const names = (await readdir(modules)).filter((name) => !name.startsWith('.'));
  const listed = await Promise.all(
    names.map(async (name) =>
      name.startsWith('@') ? (await readdir(join(modules, name))).map((inner) => `${name}/${inner}`) : [name],
    ),
  );
  return listed.flat().sort();
}

/** Copies one of ../programs into the folder. */
export async function addProgram({ folder }: Consumer, program: string): Promise<string> {
  const file = join(folder, basename(program));
  await copyFile(join(APP, 'programs', program), file);
  return file;
}

/** Runs one of ../programs in the folder; what it prints is JSON. */
export async function runProgram(consumer: Consumer, program: string): Promise<unknown> {
  return runFile(await addProgram(consumer, program));
}

/** Runs a file beside its own packages; what it prints is JSON. */
export async function runFile(file: string): Promise<unknown> {
  const { stdout } = await run(process.execPath, [file], { cwd: dirname(file) });
  return JSON.parse(stdout);
}

/** Runs npm or npx in the folder and gives its stdout. */
export async function npm(command: 'npm' | 'npx', words: readonly string[], folder: string): Promise<string> {
  // On Windows these are scripts, which only a shell starts; so no word may hold a space.
  const { stdout } = await run(command, words, { cwd: folder, shell: process.platform === 'win32' });
  return stdout;
}

/** The version of a peer that the adapters' own tests run with. */
async function testedVersion(peer: string): Promise<string> {
  const manifest = await readFile(join(INTEGRATIONS, 'node_modules', peer, 'package.json'), 'utf8');
  return JSON.parse(manifest).version;
}
