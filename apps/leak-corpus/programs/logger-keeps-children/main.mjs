// A level change has to reach all child loggers; there is one per request.
import { setTimeout as sleep } from 'node:timers/promises';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

class RootLogger {
  level = 30;
  lines = 0;
  children = [];
  child(bindings) {
    const logger = new ChildLogger(this, bindings);
    this.children.push(logger);
    return logger;
  }
  write(level, record) {
    if (level >= this.level) this.lines += record.length > 0 ? 1 : 0;
  }
}

class ChildLogger {
  constructor(root, bindings) {
    this.root = root;
    this.bindings = bindings;
    this.prefix = Object.entries(bindings).map(([key, value]) => `${key}=${value}`);
  }
  info(message) {
    this.root.write(30, `${this.prefix.join(' ')} ${message}`);
  }
}

const root = new RootLogger();
let n = 0;
while (Date.now() < END) {
  const log = root.child({ requestId: `req-${n}`, path: `/orders/${n}`, user: `u${n % 211}` });
  log.info('started');
  await sleep(4);
  log.info('finished');
  n++;
}
console.log(`ops=${n} lines=${root.lines}`);
