// Browsers subscribe to the news of a room, get one, and go.
import { setTimeout as sleep } from 'node:timers/promises';
import { PubSub } from 'graphql-subscriptions';

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const pubsub = new PubSub();
pubsub.ee.setMaxListeners(0);

async function listenOnce(room) {
  const news = pubsub.asyncIterator(`room-${room}`);
  const first = news.next();
  await pubsub.publish(`room-${room}`, { room, text: `hello ${room}` });
  const { value } = await first;
  return value.text.length;
}

let n = 0;
let characters = 0;
while (Date.now() < END) {
  characters += await listenOnce(n++ % 300);
  await sleep(11);
}
console.log(`ops=${n} characters=${characters}`);
