// Child loggers read the level from the root whenever they write.
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const root = { level: 30, lines: 0 };

class ChildLogger {
  constructor(bindings) {
    this.prefix = Object.entries(bindings).map(([key, value]) => `${key}=${value}`);
  }
  info(message) {
    if (root.level <= 30) root.lines += `${this.prefix.join(' ')} ${message}`.length > 0 ? 1 : 0;
  }
}

let n = 0;
while (Date.now() < END) {
  const log = new ChildLogger({ requestId: `req-${n}`, path: `/orders/${n}`, user: `u${n % 211}` });
  log.info('started');
  await sleep(4);
  log.info('finished');
  n++;
}
console.log(`ops=${n} lines=${root.lines}`);
