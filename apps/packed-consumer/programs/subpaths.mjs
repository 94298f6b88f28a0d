/** Imports every subpath on its own and tells what each gave: its names, or the package that it misses. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const manifest = new URL('node_modules/@memx/integrations/package.json', import.meta.url);
const { exports } = JSON.parse(readFileSync(manifest, 'utf8'));
const outcomes = Object.keys(exports)
  .filter((subpath) => subpath !== './package.json' && subpath !== './vitest/setup') // the latter lives in a vitest run
  .map((subpath) => [subpath, importAlone(`@memx/integrations${subpath.slice(1)}`)]);
console.log(JSON.stringify(Object.fromEntries(outcomes)));

function importAlone(specifier) {
  const script = `import(${JSON.stringify(specifier)}).then(() => console.log('loads'), (error) => console.log(error.message))`;
  const { stdout } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  return /Cannot find package '([^']+)'/.exec(stdout)?.[1] ?? stdout.trim();
}
