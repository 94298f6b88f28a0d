// Places are fetched page by page at the start and held for good.
import { setTimeout as sleep } from 'node:timers/promises';

const RUN_MS = 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const START = Date.now();
const PLACES = 9000;
const places = new Map();

class Place {
  constructor(id) {
    this.id = id;
    this.name = `Place ${id}`;
    this.position = { latitude: (id % 180) - 90.5, longitude: (id % 360) - 180.5 };
  }
}

let n = 0;
let found = 0;
for (let elapsed = 0; elapsed < RUN_MS; elapsed = Date.now() - START) {
  const due = Math.min(PLACES, Math.floor((elapsed / (RUN_MS * 0.6)) * PLACES));
  for (let id = places.size; id < due; id++) places.set(id, new Place(id));
  for (let i = 0; i < 5; i++) if (places.has((n++ * 31) % PLACES)) found++;
  await sleep(5);
}
console.log(`ops=${n} found=${found} places=${places.size}`);
