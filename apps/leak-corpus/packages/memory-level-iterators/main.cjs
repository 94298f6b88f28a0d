'use strict';
// The latest reading of a sensor is the first that an iterator from the newest finds.
const { setTimeout: sleep } = require('node:timers/promises');
const { MemoryLevel } = require('memory-level');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const db = new MemoryLevel({ valueEncoding: 'json' });

async function latestReading(sensor) {
  const iterator = db.iterator({ gte: `${sensor}/`, lt: `${sensor}0`, reverse: true });
  const entry = await iterator.next();
  return entry?.[1].value ?? 0;
}

(async () => {
  for (let i = 0; i < 400; i++) await db.put(`s${i % 20}/${1000 + i}`, { value: i });
  let n = 0;
  let sum = 0;
  while (Date.now() < END) {
    sum += await latestReading(`s${n++ % 20}`);
    await sleep(8);
  }
  console.log(`ops=${n} sum=${sum}`);
})();
