import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { installSuite } from './suites/install-suite.mjs';

const memxBin = fileURLToPath(new URL('bin/memx.mjs', import.meta.resolve('memx/package.json')));
const pprofAgent = fileURLToPath(new URL('../programs/pprof-heap.cjs', import.meta.url));
const NODE = process.execPath;

/**
 * @typedef {object} Profiler
 * @property {string} name
 * @property {string | null} against the row that it is compared with; null for a program alone
 * @property {string} extension of the workload's file
 * @property {readonly string[]} command what stands before that file
 * @property {number} [mostRounds] for what takes long and differs by so much that a few rounds tell
 */

/**
 * The profilers that this machine has, or can fetch.
 *
 * @param {string} folder for the files that they write
 * @returns {Promise<readonly Profiler[]>}
 */
export async function listProfilers(folder) {
  const inNode = (name, command) => ({ name, against: 'node', extension: '.mjs', command });
  return [
    { ...inNode('node', [NODE]), against: null },
    inNode('memx profile', [NODE, memxBin, 'profile']),
    inNode('memx profile, 512 KiB', [NODE, memxBin, 'profile', '--sampling-interval=512k']),
    inNode('memx profile --exact', [NODE, memxBin, 'profile', '--exact']),
    inNode('memx profile --lines', [NODE, memxBin, 'profile', '--lines']),
    inNode('node --heap-prof, 64 KiB', [
      ...[NODE, '--heap-prof', '--heap-prof-interval=65536', `--heap-prof-dir=${folder}`],
    ]),
    ...(await findPprof(inNode)),
    ...(await findPython()),
  ];
}

async function findPprof(inNode) {
  const folder = await installSuite({ package: '@datadog/pprof', version: '5.20.0' });
  if (folder === null) {
    console.log('  @datadog/pprof left out: npm could not install it');
    return [];
  }
  const under = (interval) => [NODE, '--require', pprofAgent, `--title=${folder}|${interval}`];
  return [
    inNode('@datadog/pprof heap, 64 KiB', under(64 * 1024)),
    inNode('@datadog/pprof heap, 512 KiB', under(512 * 1024)),
  ];
}

/** Asks Python for its executable: what `python3` names may be a script that costs more than the work. */
async function findPython() {
  const ask = 'import platform, sys; print(platform.python_version(), sys.executable)';
  const answer = await promisify(execFile)('python3', ['-c', ask]).catch(() => null);
  if (!answer) {
    console.log('  tracemalloc left out: there is no python3');
    return [];
  }
  const [version, executable] = answer.stdout.trim().split(/ (.*)/);
  const python = { extension: '.py', mostRounds: 3 };
  return [
    { ...python, name: `Python ${version}`, against: null, command: [executable] },
    {
      ...python,
      name: 'tracemalloc, 25 frames',
      against: `Python ${version}`,
      command: [executable, '-X', 'tracemalloc=25'],
    },
  ];
}
