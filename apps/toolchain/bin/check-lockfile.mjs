#!/usr/bin/env node
/**
 * Would a clone of this repository install on another machine?
 *
 * A package manager that cannot find the macOS or Windows binary of a package in its registry drops it from the lockfile
 * without a word, and the clone breaks there only. So the lockfile is held against what each installed package itself
 * declares. And no file may name a registry or a folder that only one machine has.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const STORE = join(ROOT, 'node_modules', '.pnpm');

/** The packages that come as one native binary per platform; a check that no longer sees them checks nothing. */
const NATIVE = ['turbo', 'rollup', 'esbuild', '@biomejs/biome', 'typescript'];

const MACHINE_PATH = '(^|[^A-Za-z0-9_.])/(root|work|tmp|home/[a-z]+|Users/[A-Za-z]+)/';
const REGISTRY = 'registry[.][a-z]+js[.]org|^ *registry *=|://[^ ]*(artifactory|verdaccio|nexus)';

const lockfile = parse(readFileSync(join(ROOT, 'pnpm-lock.yaml'), 'utf8'));
const workspace = parse(readFileSync(join(ROOT, 'pnpm-workspace.yaml'), 'utf8'));

const platforms = checkPlatforms(lockfile, new Set(workspace.ignoredOptionalDependencies));
const failures = [...platforms.failures, ...checkResolutions(lockfile), ...checkTrackedFiles()];
if (failures.length === 0) {
  console.log(`The lockfile lists all ${platforms.count} platform packages and names no machine.`);
} else {
  for (const failure of failures) console.error(failure);
  process.exitCode = 1;
}

/** Every optional dependency that an installed package declares is in the lockfile. */
function checkPlatforms({ packages, snapshots }, ignored) {
  const failures = [];
  const seen = new Set();
  let count = 0;
  for (const { name, version, optionalDependencies = {} } of installedManifests()) {
    if (!(`${name}@${version}` in packages)) continue; // left over from an earlier install
    const declared = Object.keys(optionalDependencies).filter((dependency) => !ignored.has(dependency));
    const listed = listedDependencies(snapshots, `${name}@${version}`);
    const missing = declared.filter((dependency) => !listed.has(dependency));
    if (declared.length > missing.length) seen.add(name);
    count += declared.length - missing.length;
    if (missing.length > 0) {
      failures.push(
        `${name} ${version} lacks platforms in pnpm-lock.yaml: ${missing.join(', ')}. ` +
          'Pin a version whose binaries your registry has for every platform, or install from one that has them.',
      );
    }
  }
  for (const name of NATIVE.filter((name) => !seen.has(name))) {
    failures.push(
      `${name}'s platforms could not be checked: it is not installed, or declares none. Run \`pnpm install\` first.`,
    );
  }
  return { failures, count };
}

function* installedManifests() {
  for (const entry of existsSync(STORE) ? readdirSync(STORE) : []) {
    const folder = join(STORE, entry, 'node_modules');
    for (const name of existsSync(folder) ? ownFolders(folder) : []) {
      const manifest = join(folder, name, 'package.json');
      if (existsSync(manifest)) yield JSON.parse(readFileSync(manifest, 'utf8'));
    }
  }
}

/** The names of the packages that live here; links lead to packages with an entry of their own. */
function ownFolders(folder) {
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return names.flatMap(({ name }) =>
    name.startsWith('@') ? ownFolders(join(folder, name)).map((inner) => join(name, inner)) : [name],
  );
}

/** One package has a snapshot per set of peers, written after its version in parentheses. */
function listedDependencies(snapshots, id) {
  const keys = Object.keys(snapshots).filter((key) => key === id || key.startsWith(`${id}(`));
  const lists = keys.map((key) => {
    const { dependencies, optionalDependencies } = snapshots[key];
    return new Set(Object.keys({ ...dependencies, ...optionalDependencies }));
  });
  const [first = new Set(), ...others] = lists;
  return new Set([...first].filter((name) => others.every((list) => list.has(name))));
}

/** A package is known by its integrity alone, so that any registry can serve it. */
function checkResolutions({ packages }) {
  return Object.entries(packages)
    .filter(([, { resolution }]) => Object.keys(resolution).join() !== 'integrity')
    .map(
      ([id, { resolution }]) =>
        `${id} is bound to one place in pnpm-lock.yaml: ${JSON.stringify(resolution)}. ` +
        'Install it from a registry by its version, with no tarball address in the lockfile.',
    );
}

/** Neither the lockfile nor any other tracked file names a registry or a folder of one machine. */
function checkTrackedFiles() {
  return [
    ...grep(REGISTRY).map(
      (line) => `A registry address: ${line}. Remove it; each user has a registry of their own.`,
    ),
    ...grep(MACHINE_PATH).map(
      (line) => `A path of one machine: ${line}. Use a path relative to the repository, or os.tmpdir().`,
    ),
  ];
}

function grep(pattern) {
  try {
    return execFileSync('git', ['grep', '-nIE', pattern], { cwd: ROOT, encoding: 'utf8' }).trim().split('\n');
  } catch (error) {
    if (error.status === 1) return []; // nothing matches
    throw error;
  }
}
