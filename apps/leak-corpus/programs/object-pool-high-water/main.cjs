'use strict';
// Particles (of a game server) come from a pool; the crowd grows until 55 % of the run.
const { setTimeout: sleep } = require('node:timers/promises');

const RUN_MS = 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const START = Date.now();
const CROWD = 6000;
const free = [];

class Particle {
  constructor() {
    this.position = { x: 0, y: 0 };
    this.trail = [0, 0, 0, 0];
    this.alive = false;
  }
}

const take = () => free.pop() ?? new Particle();

(async () => {
  let n = 0;
  for (let elapsed = 0; elapsed < RUN_MS; elapsed = Date.now() - START) {
    const crowd = Math.ceil(CROWD * Math.min(1, elapsed / (RUN_MS * 0.55)));
    const used = [];
    for (let i = 0; i < crowd; i++, n++) {
      const particle = take();
      particle.position.x = i % 640;
      particle.alive = true;
      used.push(particle);
    }
    free.push(...used);
    await sleep(40);
  }
  console.log(`ops=${n} pool=${free.length}`);
})();
