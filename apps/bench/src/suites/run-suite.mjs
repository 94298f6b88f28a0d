import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const PROGRAMS = fileURLToPath(new URL('../../programs/suites/', import.meta.url));
const RUN_LIMIT_MS = 600_000;

/**
 * Runs a suite once, in its own process.
 *
 * @param {import('./npm-suites.mjs').NpmSuite} suite
 * @param {{ folder: string, isInstrumented: boolean }} options
 * @returns {Promise<{ results: string[], exitCode: number | null, cpuMs: number, files: number, failedFiles: string[], output: string }>}
 *   `results`: a line for each test, sorted
 */
export async function runSuite(suite, { folder, isInstrumented }) {
  const notes = mkdtempSync(join(tmpdir(), 'memx-suite-'));
  try {
    const { output, exitCode } = await runNode(commandOf(suite, folder), {
      cwd: folder,
      env: {
        ...process.env,
        // In processes that the suite starts, too.
        NODE_OPTIONS: `--import ${pathToFileURL(join(PROGRAMS, 'preload.mjs'))}`,
        MEMX_SUITE_NOTES: notes,
        MEMX_SUITE_INCLUDE: isInstrumented ? join(folder, 'node_modules', suite.package, '**') : '',
      },
    });
    return { results: testResults(output), exitCode, output, ...readNotes(notes) };
  } finally {
    rmSync(notes, { recursive: true, force: true });
  }
}

function commandOf({ command }, folder) {
  return command.flatMap((part) => {
    if (part.startsWith('-')) return [part];
    if (part.startsWith('program:')) return [join(PROGRAMS, part.slice('program:'.length))];
    return part.includes('*') ? filesOf(part, folder) : [part];
  });
}

function filesOf(glob, folder) {
  const [root] = glob.split('/*');
  const depth = glob.includes('**') ? Number.POSITIVE_INFINITY : root.split('/').length + 1;
  return readdirSync(join(folder, root), { recursive: true })
    .map((file) => `${root}/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.js') && file.split('/').length <= depth)
    .sort();
}

function runNode(command, { cwd, env }) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, { cwd, env, timeout: RUN_LIMIT_MS });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text) => {
        output += text;
      });
    }
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ output, exitCode }));
  });
}

/** Lines of the Test Anything Protocol, without what differs from run to run. */
function testResults(output) {
  return output
    .split('\n')
    .filter((line) => /^\s*(not )?ok\b/.test(line))
    .map((line) =>
      line
        .trim()
        .replace(/^((?:not )?ok) \d+ */, '$1 ')
        .replace(/ # time=.*| \([\d.]+m?s\)$/, ''),
    )
    .sort();
}

function readNotes(folder) {
  let cpuMs = 0;
  const files = new Set();
  const failedFiles = new Set();
  for (const name of readdirSync(folder)) {
    const lines = readFileSync(join(folder, name), 'utf8')
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    for (const line of lines) {
      if (line.cpuMs !== undefined) cpuMs += line.cpuMs;
      else if (line.code !== undefined) files.add(line.filename);
      else failedFiles.add(`${line.filename}: ${line.reason}`);
    }
  }
  return { cpuMs, files: files.size, failedFiles: [...failedFiles] };
}
