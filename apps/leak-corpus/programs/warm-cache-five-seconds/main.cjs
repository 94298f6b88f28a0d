'use strict';
// Profiles of all users of a small service are cached on first login.
const { setTimeout: sleep } = require('node:timers/promises');

const RUN_MS = 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);
const START = Date.now();
const USERS = 2000;
const profiles = new Map();

class Profile {
  constructor(user) {
    this.user = user;
    this.roles = ['reader', user % 5 === 0 ? 'editor' : 'member'];
    this.settings = { theme: 'dark', pageSize: 20 + (user % 3) * 10 };
  }
}

(async () => {
  let n = 0;
  let roles = 0;
  for (let elapsed = 0; elapsed < RUN_MS; elapsed = Date.now() - START) {
    const joined = Math.min(USERS, 1 + Math.floor((elapsed / (RUN_MS / 4)) * USERS));
    for (let user = profiles.size; user < joined; user++) profiles.set(user, new Profile(user));
    for (let i = 0; i < 4; i++) roles += profiles.get((n++ * 17) % joined).roles.length;
    await sleep(5);
  }
  console.log(`ops=${n} roles=${roles}`);
})();
