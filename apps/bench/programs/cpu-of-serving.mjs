/**
 * An HTTP server that answers so many requests to itself, and measures the CPU time of the whole process. With `watched`,
 * under `startLeakWatch`, which is given every request when it is closed; a number after it is `maxPauseShare`.
 */
import { once } from 'node:events';
import { Agent, createServer, get } from 'node:http';
import { performance } from 'node:perf_hooks';

const REQUESTS = 12_000;
const CONNECTIONS = 20;
const [mode, maxPauseShare = '0'] = process.argv.slice(2);

// Loaded in both runs, so that the difference is the watch.
const { startLeakWatch } = await import('@memx/advanced');
const watch =
  mode === 'watched' ? startLeakWatch({ onEvent: () => {}, maxPauseShare: Number(maxPauseShare) }) : null;
const table = new Map(Array.from({ length: 20_000 }, (_, id) => [id, { id, name: `name ${id}` }]));

const server = createServer((request, response) => {
  if (watch) response.once('close', () => watch.watch(request, 'a request that was answered'));
  const rows = Array.from({ length: 53 }, (_, index) => ({ ...table.get(index * 7), index }));
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(rows));
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
const { port } = server.address();
const ask = () =>
  new Promise((resolve, reject) => {
    get({ port, host: '127.0.0.1', agent }, (response) => response.resume().once('close', resolve)).once(
      'error',
      reject,
    );
  });
async function send(requests) {
  let left = requests;
  const connection = async () => {
    while (left-- > 0) await ask();
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
}

await send(2_000); // the code gets hot
const before = process.cpuUsage();
const startedAt = performance.now();
await send(REQUESTS);
const { user, system } = process.cpuUsage(before);
console.log(
  JSON.stringify({
    measured: {
      cpuMs: (user + system) / 1000,
      wallMs: performance.now() - startedAt,
      status: watch?.status() ?? null,
    },
  }),
);
watch?.stop();
agent.destroy();
server.close();
