'use strict';
// A payment client writes a log for each payment, under a category of its own.
const { Writable } = require('node:stream');
const { setTimeout: sleep } = require('node:timers/promises');
const winston = require('winston');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
let written = 0;

class NullStream extends Writable {
  _write(chunk, _, done) {
    written += chunk.length;
    done();
  }
}

function logPayment(payment) {
  const category = `payment-${payment.id}`;
  const logger = winston.loggers.get(category, {
    transports: [new winston.transports.Stream({ stream: new NullStream() })],
  });
  logger.info('accepted', { amount: payment.amount });
}

(async () => {
  let n = 0;
  while (Date.now() < END) {
    logPayment({ id: n, amount: n % 90 });
    n++;
    await sleep(40);
  }
  console.log(`ops=${n} written=${written}`);
})();
