import { execFileSync } from 'node:child_process';

/** Exact, so that a figure can be had again. */
export const NODE_VERSIONS = { 20: '20.20.2', 22: '22.23.3', 24: '24.21.0', 26: '26.10.0' };

/**
 * The binary of a major version: this process's own when it is that one, else from the npm registry, as a package that holds it.
 *
 * @param {string | number} major
 * @returns {{ path: string, version: string } | undefined} undefined, said on stderr, when it cannot be had
 */
export function findNode(major) {
  if (process.version.startsWith(`v${major}.`)) return { path: process.execPath, version: process.version };
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}@${NODE_VERSIONS[major]}`;
  try {
    const printed = execFileSync('npx', ['-y', '-p', name, 'node', '-p', 'process.execPath'], {
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    const path = printed.trim();
    return { path, version: execFileSync(path, ['--version'], { encoding: 'utf8' }).trim() };
  } catch {
    console.error(`Node ${NODE_VERSIONS[major]} could not be fetched: ${name}. See npm's words above.`);
    return undefined;
  }
}
