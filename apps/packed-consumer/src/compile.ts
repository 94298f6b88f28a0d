import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const require = createRequire(import.meta.url);

/** The names under which versions of TypeScript are installed here; the plain one is the newest. */
export const compilers = ['typescript-5.4', 'typescript-5.9', 'typescript-6.0', 'typescript'] as const;

/** How a user's tsconfig.json may find packages: what it says, and which kinds of file it can hold. */
export const resolutions = {
  node16: { module: 'node16', include: ['*.mts', '*.cts'] },
  bundler: { module: 'esnext', include: ['*.mts'] },
} as const;

/** Compiles a folder as a strict project would, our declarations checked too, and gives the compiler's complaints. */
export async function compile(
  folder: string,
  compiler: (typeof compilers)[number],
  options: {
    readonly resolution: keyof typeof resolutions;
    readonly extra?: Readonly<Record<string, unknown>>;
  },
): Promise<string> {
  const { module, include } = resolutions[options.resolution];
  const tsconfig = join(folder, `tsconfig.${compiler}.${options.resolution}.json`);
  const compilerOptions = {
    target: 'es2022',
    module,
    moduleResolution: options.resolution,
    types: ['node'],
    strict: true,
    noEmit: true,
    ...options.extra,
  };
  await writeFile(tsconfig, JSON.stringify({ include, compilerOptions }));
  const tsc = join(dirname(require.resolve(`${compiler}/package.json`)), 'bin', 'tsc');
  try {
    const words = [tsc, '-p', tsconfig, '--pretty', 'false'];
    const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: folder });
    return stdout;
  } catch (error) {
    if (error instanceof Error && 'stdout' in error) return `${error.stdout}` || error.message;
    throw error;
  }
}
