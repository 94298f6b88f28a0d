import { setMaxListeners } from 'node:events';
import { memx } from '@memx/integrations/fastify';
import fastify from 'fastify';
import { sendVisitors } from './visitors.mjs';

const stopping = new AbortController();
// Node warned of a leak here. Someone silenced it.
setMaxListeners(0, stopping.signal);

const app = fastify({ forceCloseConnections: true });
await app.register(memx);

app.get('/reports/:id', async (request) => {
  const report = { id: request.params.id, lines: Array.from({ length: 40 }, (_, index) => index * 17) };
  // Meant to give up work at shutdown; but the signal lives as long as the process, and so does every listener on it.
  stopping.signal.addEventListener('abort', () => {
    report.lines.length = 0;
  });
  return { id: report.id, sum: report.lines.reduce((sum, line) => sum + line, 0) };
});

const url = await app.listen({ port: Number(process.env.PORT ?? 0), host: '127.0.0.1' });
console.log(`Listening on ${url}/`);

process.once('SIGTERM', () => {
  stopping.abort();
  app.close();
});
if (process.env.LOAD !== '0') await sendVisitors(`${url}/reports/`, stopping.signal);
