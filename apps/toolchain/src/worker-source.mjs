/**
 * `import source from './x-worker.js?worker-source'` gives the bundled text of a worker thread's program.
 *
 * A worker in a file of its own breaks as soon as a user bundles memx; a text started from a `data:` URL
 * works in ESM and CommonJS, bundled or not, on Node 20 to 26.
 */
import { dirname, resolve } from 'node:path';
import { build } from 'esbuild';

const SUFFIX = '?worker-source';

/** @param {string} file absolute path of the worker's TypeScript */
async function bundleWorker(file) {
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    legalComments: 'none',
    write: false,
  });
  return `export default ${JSON.stringify(outputFiles[0].text)};`;
}

/** @param {string} specifier @param {string} importer a file */
function workerFile(specifier, importer) {
  return resolve(dirname(importer), specifier.slice(0, -SUFFIX.length).replace(/\.js$/, '.ts'));
}

/** For tsup. @returns {import('esbuild').Plugin} */
export function workerSourceForEsbuild() {
  return {
    name: 'worker-source',
    setup(pluginBuild) {
      pluginBuild.onResolve({ filter: /\?worker-source$/ }, ({ path, importer }) => ({
        path: workerFile(path, importer),
        namespace: 'worker-source',
      }));
      pluginBuild.onLoad({ filter: /.*/, namespace: 'worker-source' }, async ({ path }) => ({
        contents: await bundleWorker(path),
        watchFiles: [path],
      }));
    },
  };
}

/** For vitest, whose tests import the TypeScript. @returns {import('vitest/config').Plugin} */
export function workerSourceForVite() {
  return {
    name: 'worker-source',
    enforce: 'pre',
    resolveId(specifier, importer) {
      return specifier.endsWith(SUFFIX) && importer
        ? `\0worker:${workerFile(specifier, importer)}`
        : undefined;
    },
    load(id) {
      return id.startsWith('\0worker:') ? bundleWorker(id.slice('\0worker:'.length)) : undefined;
    },
  };
}
