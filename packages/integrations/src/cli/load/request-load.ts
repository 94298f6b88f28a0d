import { Agent as HttpAgent, type IncomingMessage, request as requestHttp, STATUS_CODES } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { Pace } from '../work/pace.js';
import type { LoadTally } from './load-tally.js';
import type { RequestPlan } from './parse-load.js';

const ANSWER_LIMIT_MS = 30_000;
const LEAST_ERROR_STATUS = 400;
const LOOPBACK = /^(localhost|127\..*|\[::1\])$/;

/**
 * Sends the request of a plan again and again, from this process, until the signal aborts. So many connections at a time
 * and so many requests a second at most.
 *
 * Node's own client: autocannon, whose letters the plan speaks, brings 63 packages (6.7 MB) for latencies that are not
 * asked here, and ends the process when it dislikes an argument.
 */
export async function sendRequests(
  plan: RequestPlan,
  { origin, tally, signal }: { origin: string; tally: LoadTally; signal: AbortSignal },
): Promise<void> {
  const url = new URL(plan.url, origin);
  const sender = new RequestSender(plan, url);
  const pace = new Pace(plan.perSecond);
  const connection = async () => {
    for (;;) {
      await pace.turn(signal);
      if (signal.aborted) return;
      const failure = await sender.send(signal);
      if (failure === null) tally.succeed();
      else if (!signal.aborted) tally.fail(failure);
    }
  };
  await Promise.all(Array.from({ length: plan.connections }, connection));
  sender[Symbol.dispose]();
}

class RequestSender implements Disposable {
  readonly #plan: RequestPlan;
  readonly #url: URL;
  readonly #agent: HttpAgent | HttpsAgent;

  constructor(plan: RequestPlan, url: URL) {
    this.#plan = plan;
    this.#url = url;
    const pool = { keepAlive: true, maxSockets: plan.connections };
    // A server on this very machine is the user's own, whoever signed its certificate.
    this.#agent =
      url.protocol === 'https:'
        ? new HttpsAgent({ ...pool, rejectUnauthorized: !LOOPBACK.test(url.hostname) })
        : new HttpAgent(pool);
  }

  /** Why it failed, or null. */
  async send(signal: AbortSignal): Promise<string | null> {
    try {
      const status = await this.#sendOnce(signal);
      return status < LEAST_ERROR_STATUS ? null : `${status} ${STATUS_CODES[status] ?? ''}`.trim();
    } catch (error) {
      return reasonOf(error);
    }
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }

  #sendOnce(signal: AbortSignal, isSecondTry = false): Promise<number> {
    const { method, headers, body } = this.#plan;
    const start = this.#url.protocol === 'https:' ? requestHttps : requestHttp;
    const bodyHeaders = body === null ? {} : { 'content-length': Buffer.byteLength(body) };
    return new Promise((resolve, reject) => {
      const options = { method, headers: { ...bodyHeaders, ...headers }, agent: this.#agent, signal };
      const request = start(this.#url, options, (response: IncomingMessage) => {
        response.once('error', reject);
        response.once('close', () => resolve(response.statusCode ?? 0));
        response.resume();
      });
      request.setTimeout(ANSWER_LIMIT_MS, () => request.destroy(new Error('no answer in 30 s')));
      request.once('error', (error: NodeJS.ErrnoException) => {
        // The server may close an idle connection in the moment in which it is used again.
        const isStale = request.reusedSocket && error.code === 'ECONNRESET' && !isSecondTry;
        if (isStale && !signal.aborted) this.#sendOnce(signal, true).then(resolve, reject);
        else reject(error);
      });
      request.end(body ?? undefined);
    });
  }
}

/** All addresses of a host that refuse come as one error without a message. */
function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? message;
}
