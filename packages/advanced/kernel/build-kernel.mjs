/** Compiles snapshot-kernel.as and writes its bytes into src/snapshot/kernel-module.ts. */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { main } from 'assemblyscript/asc';

const SOURCE = new URL('snapshot-kernel.as', import.meta.url);
const TARGET = new URL('../src/snapshot/kernel-module.ts', import.meta.url);
const OPTIONS = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--importMemory'];

/** The text of kernel-module.ts. */
export async function compileKernel() {
  const files = new Map([['kernel.ts', await readFile(SOURCE, 'utf8')]]);
  const { error, stderr } = await main(['kernel.ts', '-o', 'kernel.wasm', ...OPTIONS], {
    readFile: (name) => files.get(name) ?? null,
    writeFile: (name, contents) => files.set(name, contents),
    listFiles: () => [],
  });
  if (error) throw new Error(`${error.message}\n${stderr}`);
  const base64 = Buffer.from(files.get('kernel.wasm')).toString('base64');
  return `/** Made from kernel/snapshot-kernel.as by \`pnpm --filter @memx/advanced kernel\`. */
export const KERNEL_MODULE =
  '${base64}';
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(TARGET, await compileKernel());
