import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { ROUTES } from '../soak/start-load.mjs';

const MEMX = fileURLToPath(new URL('bin/memx.mjs', import.meta.resolve('memx/package.json')));
const SERVER = fileURLToPath(new URL('../../programs/soak-server.mjs', import.meta.url));
const CPU_AT_EXIT = fileURLToPath(new URL('cpu-at-exit.cjs', import.meta.url));
const CONNECTIONS = 10;

/**
 * Starts the server, alone or under `memx check`, has it answer requests for so long, then so many more, and stops it. The load comes
 * from this process, which is not measured.
 *
 * @param {{ kind?: 'healthy' | 'leak-watch', check?: readonly string[] | null, warmUpMs: number, requests: number }} options
 *   `check`: the options of `memx check`, null for the server alone
 * @returns {Promise<{ startCpuMs: number, cpuMs: number, memxCpuMs: number, document: object | null }>}
 *   CPU time of the server's process, all threads counted, for its start and for the requests; and that of memx's own process
 */
export async function serveRequests({ kind = 'healthy', check = null, warmUpMs, requests }) {
  const folder = mkdtempSync(join(tmpdir(), 'memx-check-cost-'));
  const result = join(folder, 'check.json');
  const cpuFile = join(folder, 'cpu.json');
  const command = check
    ? ['--require', CPU_AT_EXIT, MEMX, 'check', ...check, '--json', '-o', result, SERVER, '--', kind]
    : [SERVER, kind];
  const env = { ...process.env, MEMX_BENCH_CPU_OF: MEMX, MEMX_BENCH_CPU_FILE: cpuFile };
  const program = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'ignore'], env });
  try {
    const ended = new Promise((resolve) => program.once('exit', resolve));
    const lines = createInterface({ input: program.stdout });
    const { port, startCpuMs } = JSON.parse(await new Promise((resolve) => lines.once('line', resolve)));
    const origin = `http://127.0.0.1:${port}`;
    const readCpu = async () => (await (await fetch(`${origin}/cpu`)).json()).cpuMs;
    await send(origin, { duration: warmUpMs / 1000 });
    const before = await readCpu();
    const { '2xx': answered } = await send(origin, { amount: requests });
    if (answered !== requests)
      throw new Error(`${answered} of ${requests} requests were answered. Run it again.`);
    const cpuMs = (await readCpu()) - before;
    await fetch(`${origin}/stop`).catch(() => {}); // it ends before it has closed the connection
    await ended;
    return {
      startCpuMs,
      cpuMs,
      memxCpuMs: existsSync(cpuFile) ? JSON.parse(readFileSync(cpuFile, 'utf8')).cpuMs : 0,
      document: existsSync(result) ? JSON.parse(readFileSync(result, 'utf8')) : null,
    };
  } finally {
    program.kill();
    rmSync(folder, { recursive: true });
  }
}

function send(origin, howLong) {
  return autocannon({ url: origin, connections: CONNECTIONS, requests: ROUTES, ...howLong });
}
