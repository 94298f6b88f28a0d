// The state of a dashboard: a window of the latest readings, each change a new state that shares most of the one before.
import { setTimeout as sleep } from 'node:timers/promises';
import { produce } from 'immer';

const RUN_MS = 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const START = Date.now();
const WINDOW = 1500;
let state = { readings: [], bySensor: {} };

function addReading(id) {
  state = produce(state, (draft) => {
    draft.readings.push({ id, sensor: `s${id % 30}`, value: (id * 7919) % 1009, tags: [id % 3, id % 4] });
    draft.bySensor[`s${id % 30}`] = id;
    if (draft.readings.length > WINDOW) draft.readings.splice(0, draft.readings.length - WINDOW);
  });
}

let n = 0;
while (Date.now() - START < RUN_MS) {
  // By the clock: the window is full at 45 % of the run.
  const due = Math.floor(((Date.now() - START) / RUN_MS) * (WINDOW / 0.45));
  for (; n < due; n++) addReading(n);
  await sleep(8);
}
console.log(`ops=${n} readings=${state.readings.length}`);
