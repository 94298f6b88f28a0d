/** A gentle load from within, so that one terminal is enough. Every request asks for something new. */
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/** Sends about 150 requests a second, each with a number of its own behind `url`, until `signal` aborts. */
export async function sendVisitors(url, signal) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (let number = 1; !signal.aborted; number++) {
    await visit(`${url}${number}`, agent).catch(() => {});
    await pause(5);
  }
  agent.destroy();
}

async function visit(url, agent) {
  const [response] = await once(get(url, { agent }), 'response');
  response.resume();
  await once(response, 'end');
}
