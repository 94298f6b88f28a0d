'use strict';
// Inversion of control by hand: request-scoped services live in a child scope of the root container.
const { setTimeout: sleep } = require('node:timers/promises');

const END = Date.now() + 1000 * Number(process.env.MEMX_CASE_SECONDS || 20);

class Repository {
  constructor() {
    this.identityMap = new Map();
  }
  find(id) {
    if (!this.identityMap.has(id)) this.identityMap.set(id, { id, lines: [id % 7, id % 11] });
    return this.identityMap.get(id);
  }
}

class OrderService {
  constructor(scope) {
    this.repository = scope.resolve(Repository);
  }
  total(id) {
    return this.repository.find(id).lines.length;
  }
}

class Scope {
  constructor(parent) {
    this.parent = parent;
    this.instances = new Map();
    this.scopes = [];
  }
  createScope() {
    const scope = new Scope(this);
    this.scopes.push(scope);
    return scope;
  }
  resolve(Service) {
    if (!this.instances.has(Service)) this.instances.set(Service, new Service(this));
    return this.instances.get(Service);
  }
}

const root = new Scope(null);

function handle(n) {
  const scope = root.createScope();
  const orders = scope.resolve(OrderService);
  return orders.total(n);
}

(async () => {
  let n = 0;
  let lines = 0;
  while (Date.now() < END) {
    lines += handle(n++);
    await sleep(6);
  }
  console.log(`ops=${n} lines=${lines}`);
})();
