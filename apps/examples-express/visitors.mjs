/** Visitors who come one after the other and never send a cookie back, as crawlers and health checks do. */
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/** Sends about 150 requests a second until `signal` aborts. */
export async function sendVisitors(url, signal) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  while (!signal.aborted) {
    await visit(url, agent).catch(() => {});
    await pause(5);
  }
  agent.destroy();
}

async function visit(url, agent) {
  const [response] = await once(get(url, { agent }), 'response');
  response.resume();
  await once(response, 'end');
}
