/**
 * Data as a service keeps it for its customers: the same for the same seed, so that two heaps of one Node version are alike.
 *
 * The mix follows what snapshots of real services show: strings and plain objects lead, then arrays, Maps, numbers on the
 * heap, closures with their contexts; few large things, many small ones; most objects have one owner and some have many.
 */
import { EventEmitter } from 'node:events';
import { Random } from './random.mjs';

const STATES = ['new', 'paid', 'packed', 'sent', 'returned'];
const PRODUCTS = 512;

class Customer {
  orders = [];
  sessions = new Set();
  constructor(id, name, address) {
    this.id = id;
    this.name = name;
    this.address = address;
  }
}

class Order {
  lines = [];
  total = 0.5;
  constructor(customer, state) {
    this.customer = customer; // a cycle: customer.orders holds it
    this.state = state;
    this.placedAt = new Date(0);
  }
}

/** One entry of a doubly linked list, as caches that drop the least recently used entry are made of. */
class CacheEntry {
  newer = null;
  constructor(key, value, older) {
    this.key = key;
    this.value = value;
    this.older = older;
    if (older) older.newer = this;
  }
}

class Cache {
  entries = new Map();
  newest = null;
  put(key, value) {
    this.newest = new CacheEntry(key, value, this.newest);
    this.entries.set(key, this.newest);
  }
}

export class ServicesData {
  customers = [];
  byId = new Map();
  cache = new Cache();
  auditOf = new WeakMap();
  bus = new EventEmitter().setMaxListeners(0);
  jobs = [];
  uploads = [];
  logs = [];
  log = null;
  settings = Object.create(null);
  products = Array.from({ length: PRODUCTS }, (_, at) => ({ sku: `sku-${at}`, price: at + 0.99 }));

  constructor(seed = 20_011) {
    this.random = new Random(seed);
  }

  /** What one more customer leaves behind: about 150 nodes of a snapshot. */
  addCustomer() {
    const { random } = this;
    const id = random.hex(24);
    const customer = new Customer(id, `${random.word()} ${random.word()}`, this.makeAddress());
    this.customers.push(customer);
    this.byId.set(id, customer);
    for (let count = random.below(4); count >= 0; count--) customer.orders.push(this.makeOrder(customer));
    customer.sessions.add(this.makeSession(customer));
    this.cache.put(`customer:${id}`, this.makeDocument());
    this.auditOf.set(customer, { by: random.word(), changes: [random.word(), random.word()] });
    this.subscribe(customer);
    this.keepLogs(id);
    if (random.below(8) === 0) this.keepRarities(id);
  }

  makeAddress() {
    const { random } = this;
    return {
      street: `${random.word()} ${random.below(300)}`,
      city: random.word(),
      geo: [random.next() * 90, random.next()],
    };
  }

  makeOrder(customer) {
    const { random } = this;
    const order = new Order(customer, STATES[random.below(STATES.length)]);
    for (let line = random.below(5); line >= 0; line--) {
      const product = this.products[random.below(PRODUCTS)];
      order.lines.push({
        product,
        quantity: random.below(9),
        price: product.price * random.next(),
        note: random.word(),
      });
    }
    return order;
  }

  makeSession(customer) {
    const { random } = this;
    return new Map([
      ['token', random.hex(32)],
      ['customer', customer],
      [
        'cart',
        new Map([
          [random.word(), random.next()],
          [random.word(), random.below(9)],
        ]),
      ],
    ]);
  }

  /** What JSON.parse leaves: plain objects, nested, of several shapes. */
  makeDocument() {
    const { random } = this;
    const tags = Array.from({ length: 1 + random.below(4) }, () => random.word());
    const text = JSON.stringify({
      title: random.word(),
      tags,
      views: random.next() * 1e9,
      author: { name: random.word() },
    });
    return JSON.parse(text);
  }

  subscribe(customer) {
    const since = this.random.next();
    const greeting = this.random.word();
    this.bus.on(`mail-${this.random.below(997)}`, (mail) => [customer.name, greeting, since, mail]);
    this.jobs.push(() => this.bus.emit(greeting, customer));
  }

  keepLogs(id) {
    const { random } = this;
    // Many entries hang on one another, and hold values that an array holds as well.
    for (let count = 0; count < 3; count++) {
      const line = { at: random.next() * 1e12, text: `${random.word()} ${id} ${random.hex(8)}` };
      this.logs.push(line);
      this.log = { line, before: this.log };
    }
  }

  keepRarities(id) {
    const { random } = this;
    this.settings[`flag-${id}`] = random.next() > 0.5; // a dictionary-mode object
    this.uploads.push(Buffer.alloc(256 + random.below(4096)), new Float64Array(32));
    this.jobs.push(Promise.resolve(random.word()).then((word) => ({ word, id })));
    this.jobs.push(Symbol(random.word()), BigInt(random.below(1e9)) ** 5n, new RegExp(random.word()));
    this.jobs.push(`${random.hex(64)}${random.hex(64)}`.slice(11, 97), new WeakRef(this.customers.at(-1)));
  }
}
