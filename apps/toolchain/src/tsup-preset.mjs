/** The one way in which a published package is built: ESM and CommonJS by tsup, declarations by tsc. */
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { defineConfig } from 'tsup';
import { workerSourceForEsbuild } from './worker-source.mjs';

const run = promisify(execFile);

/**
 * @param {{ both?: Record<string, string>, esmOnly?: Record<string, string>, cjsOnly?: Record<string, string>, program?: Record<string, string> }} entries
 *   output name to source file; `esmOnly` for what makes no sense in CommonJS (a vitest plugin), `cjsOnly` for what is
 *   given to `node --require`, `program` for a command whose parts are loaded when they are asked for
 */
export function packageConfig({ both = {}, esmOnly = {}, cjsOnly = {}, program = {} }) {
  rmSync('dist', { recursive: true, force: true }); // tsup cleans once per format, and so deletes the other one's work
  const shared = {
    target: 'node20',
    platform: 'node',
    // One file an entry: a second one takes 2 ms more to import (Node 20), and CommonJS in parts goes through sucrase,
    // which renames classes and makes a call of every `?.`. What entries must share lies on globalThis.
    splitting: false,
    skipNodeModulesBundle: true,
    sourcemap: false,
    minify: false,
    clean: false,
    dts: false, // tsup's own declarations crash with TypeScript 7
    silent: true,
    esbuildPlugins: [workerSourceForEsbuild()],
  };
  const builds = [
    { ...shared, entry: { ...both, ...esmOnly }, format: ['esm'], onSuccess: emitDeclarations },
  ];
  if (Object.keys(program).length > 0)
    builds.push({ ...shared, ...inParts(program), entry: program, format: ['esm'] });
  const cjs = { ...both, ...cjsOnly };
  if (Object.keys(cjs).length > 0) builds.push({ ...shared, entry: cjs, format: ['cjs'] });
  return defineConfig(builds);
}

/** Parts lie beside the program, so that the files which they name by relative URLs are where they look. */
function inParts(program) {
  const folder = dirname(Object.keys(program)[0]);
  return {
    splitting: true,
    esbuildOptions: (options) => {
      options.chunkNames = `${folder}/[name]-[hash]`;
    },
  };
}

async function emitDeclarations() {
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
  try {
    await run(process.execPath, [tsc, '-p', 'tsconfig.build.json']);
  } catch (error) {
    throw new Error(`The declarations could not be made.\n${error.stdout}`, { cause: error });
  }
  await copyDeclarationsForCommonJs('dist');
}

/** CommonJS consumers need `.d.cts` files that name each other with `.cjs`. */
async function copyDeclarationsForCommonJs(folder) {
  for (const name of await readdir(folder, { recursive: true })) {
    if (!name.endsWith('.d.ts')) continue;
    const text = await readFile(join(folder, name), 'utf8');
    const relative = /((?:from|import\()\s*['"]\.{1,2}\/[^'"]*)\.js(['"])/g;
    await writeFile(join(folder, name.replace(/\.d\.ts$/, '.d.cts')), text.replace(relative, '$1.cjs$2'));
  }
}
