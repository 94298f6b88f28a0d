import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * How to start Go's pprof: `go` on the PATH, or the one of Debian's package, which is fetched and unpacked into a folder, not
 * installed.
 *
 * @param {string} folder to fetch to
 * @returns {string[] | null} the beginning of a command line
 */
export function findGoPprof(folder) {
  try {
    execFileSync('go', ['version'], { stdio: 'ignore' });
    return ['go', 'tool', 'pprof'];
  } catch {
    return fetchFromDebian(folder);
  }
}

function fetchFromDebian(folder) {
  try {
    const dependencies = execFileSync('apt-cache', ['depends', 'golang-go'], { encoding: 'utf8' });
    const name = /golang-[\d.]+-go/.exec(dependencies)?.[0] ?? '';
    execFileSync('apt-get', ['download', name], { cwd: folder, stdio: 'ignore' });
    const archive = readdirSync(folder).find((file) => file.endsWith('.deb')) ?? '';
    execFileSync('dpkg', ['-x', archive, 'go'], { cwd: folder });
    const versions = join(folder, 'go/usr/lib');
    const tools = readdirSync(versions).flatMap((version) => {
      const parent = join(versions, version, 'pkg/tool');
      return existsSync(parent) ? readdirSync(parent).map((platform) => join(parent, platform, 'pprof')) : [];
    });
    return tools.find(existsSync) ? [tools.find(existsSync)] : null;
  } catch {
    return null;
  }
}

/** @param {string[]} command @param {string} file */
export function readWithGoPprof([program, ...first], file) {
  const options = ['-top', '-unit=B', '-nodefraction=0', '-edgefraction=0', '-nodecount=100000', file];
  const text = execFileSync(program, [...first, ...options], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const bytesByName = {};
  for (const [, bytes, name] of text.matchAll(/^ *(-?\d+)B? +\S+% +\S+% +\S+ +\S+% {2}(.*)$/gm)) {
    bytesByName[name] = Number(bytes);
  }
  return { totalBytes: Number(/of (-?\d+)B? total/.exec(text)?.[1]), bytesByName };
}
