'use strict';
// Inversion of control by hand: a scope is disposed of after the request.
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

class Repository {
  rows = new Map([[1, { lines: [1, 2] }]]);
}

class Scope {
  instances = new Map();
  scopes = new Set();
  constructor(parent) {
    this.parent = parent;
    parent?.scopes.add(this);
  }
  resolve(Service) {
    if (!this.instances.has(Service)) this.instances.set(Service, new Service(this));
    return this.instances.get(Service);
  }
  dispose() {
    this.parent.scopes.delete(this);
    this.instances.clear();
  }
}

const root = new Scope(null);

(async () => {
  let n = 0;
  let lines = 0;
  while (Date.now() < END) {
    const scope = new Scope(root);
    lines += scope.resolve(Repository).rows.get(1).lines.length;
    n++;
    await sleep(4);
    scope.dispose();
  }
  console.log(`ops=${n} lines=${lines}`);
})();
