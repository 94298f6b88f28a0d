/** Checks the shop next door as a user would, and says how the command ended. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const cwd = fileURLToPath(new URL('.', import.meta.url));
const memx = fileURLToPath(
  import.meta.resolve('memx/package.json').replace(/package\.json$/, 'bin/memx.mjs'),
);

console.log('$ memx check server.mjs --duration 10\n');
const { status } = spawnSync(process.execPath, [memx, 'check', 'server.mjs', '--duration', '10'], {
  cwd,
  stdio: 'inherit',
});
console.log(`\nexit code ${status}${status === 1 ? ' (a leak was found)' : ''}`);
// The demo has done its work when the leak was found.
process.exitCode = status === 1 ? 0 : 1;
