import { setMaxListeners } from 'node:events';
import { runLoadCommand } from './command-load.js';
import { type ListeningServer, originOf } from './listening-server.js';
import { LoadTally } from './load-tally.js';
import type { LoadPlan } from './parse-load.js';
import { sendRequests } from './request-load.js';

/** The load on a program's server, until it is stopped. */
export class RunningLoad implements Disposable {
  readonly tally = new LoadTally();
  readonly #stopping = new AbortController();
  #problems: string[] = [];

  constructor(plans: readonly LoadPlan[], server: ListeningServer) {
    const signal = this.#stopping.signal;
    setMaxListeners(0, signal); // each connection listens
    for (const plan of plans) {
      if (plan.kind === 'requests')
        sendRequests(plan, { origin: originOf(server), tally: this.tally, signal });
      else {
        runLoadCommand(plan.command, { server, signal }).then((problem) => {
          if (problem !== null)
            this.#problems = [...this.#problems, `The load command ${problem}: ${plan.command}.`];
        });
      }
    }
  }

  /** What went wrong with the commands, in sentences. */
  get problems(): readonly string[] {
    return this.#problems;
  }

  /** What is under way is cut off. Twice is harmless. */
  [Symbol.dispose](): void {
    this.#stopping.abort();
  }
}
