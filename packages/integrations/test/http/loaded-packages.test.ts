import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';

const run = promisify(execFile);

/** Prints the files that an ESM import loads, from a loader hook in a thread of its own. */
const hook = `
  import { writeSync } from 'node:fs';
  export function load(url, context, next) {
    writeSync(1, url + '\\n');
    return next(url, context);
  }`;
const importer = `
  import { createRequire, register } from 'node:module';
  register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(hook)}));
  await import(process.argv[1]);
  console.log(Object.keys(createRequire(import.meta.url).cache).join('\\n'));`;
const requirer = `
  require(process.argv[1]);
  console.log(Object.keys(require.cache).join('\\n'));`;

/** The packages whose files are loaded by a subpath of the built package. */
async function listLoadedPackages(subpath: string, kind: 'import' | 'require'): Promise<string[]> {
  const program = kind === 'import' ? ['--input-type=module', '-e', importer] : ['-e', requirer];
  const { stdout } = await run(process.execPath, [...program, '--', `@memx/integrations/${subpath}`], {
    cwd: import.meta.dirname,
  });
  const names = stdout.match(
    /(?<=node_modules\/)(?!\.pnpm)(@[^/\n]+\/)?[^/\n]+|(?<=packages\/)(core|integrations)/g,
  );
  return [...new Set(names)].sort();
}

describe('importing one subpath loads no other framework', () => {
  test.each([
    ['express', 'import'],
    ['express', 'require'],
    ['fastify', 'import'],
    ['fastify', 'require'],
    ['vitest', 'import'],
  ] as const)('%s, by %s: nothing but memx, not even the framework it serves', async (subpath, kind) => {
    expect(await listLoadedPackages(subpath, kind)).toEqual(['core', 'integrations']);
  });

  test.each(['import', 'require'] as const)(
    'nest, by %s: Nest, and neither of its platforms',
    async (kind) => {
      const packages = await listLoadedPackages('nest', kind);
      expect(packages).toEqual(expect.arrayContaining(['@nestjs/common', 'core', 'integrations']));
      expect(packages.filter((name) => /express|fastify|platform|vitest/.test(name))).toEqual([]);
    },
  );
});
