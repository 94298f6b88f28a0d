import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const dist = resolve(import.meta.dirname, '../../dist');

/** What a program may say of the built package: `MEMX` and `MEMX_TESTING` for ESM, with `_CJS` for CommonJS. */
const places: Readonly<Record<string, string>> = {
  MEMX_TESTING_CJS: join(dist, 'testing/index.cjs'),
  MEMX_CJS: join(dist, 'index.cjs'),
  MEMX_TESTING: pathToFileURL(join(dist, 'testing/index.js')).href,
  MEMX: pathToFileURL(join(dist, 'index.js')).href,
};

export interface ProgramRun {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What it left in its folder, by name. */
  readonly files: Readonly<Record<string, string>>;
}

export interface ProgramOptions {
  readonly name?: string;
  readonly nodeArguments?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** More files beside the program. */
  readonly beside?: Readonly<Record<string, string>>;
}

/** Runs a small program in a folder of its own, with the built package, as a user's program runs. */
export async function runProgram(text: string, options: ProgramOptions = {}): Promise<ProgramRun> {
  const { name = 'program.mjs', nodeArguments = [], env = {}, beside = {} } = options;
  const folder = mkdtempSync(join(tmpdir(), 'memx-program-'));
  const sources = { [name]: text, ...beside };
  try {
    for (const [file, source] of Object.entries(sources)) {
      writeFileSync(
        join(folder, file),
        source.replace(/MEMX(_TESTING)?(_CJS)?\b/g, (place) => places[place] ?? place),
      );
    }
    const run = await execute([...nodeArguments, name], folder, { ...process.env, NODE_OPTIONS: '', ...env });
    const left = readdirSync(folder).filter((file) => !(file in sources));
    return {
      ...run,
      files: Object.fromEntries(left.map((file) => [file, readFileSync(join(folder, file), 'utf8')])),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function execute(
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<Omit<ProgramRun, 'files'>> {
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      args,
      { cwd, env, timeout: 20_000 },
      (_error, stdout, stderr) => {
        done({ code: child.exitCode, signal: child.signalCode, stdout, stderr });
      },
    );
  });
}
