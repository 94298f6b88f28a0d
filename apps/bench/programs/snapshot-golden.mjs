/**
 * snapshot-golden.mjs <kind> <file>: a small real program whose heap holds what its kind is about, and V8's snapshot of it.
 * Uses nothing of memx: any Node from 20 on runs it.
 */
import { EventEmitter } from 'node:events';
import { writeHeapSnapshot } from 'node:v8';
import { createContext, runInContext } from 'node:vm';
import { ServicesData } from '../src/snapshot/services-data.mjs';

const PROGRAMS = {
  services() {
    const data = new ServicesData();
    for (let count = 0; count < 61; count++) data.addCustomer();
    return data;
  },

  /** What holds weakly, in pairs, in chains, and in rings. */
  weakness() {
    const keys = Array.from({ length: 13 }, (_, at) => ({ key: at }));
    const notes = new WeakMap(keys.map((key, at) => [key, { note: `of ${at}` }]));
    const chain = new WeakMap();
    let link = keys[0];
    for (let at = 0; at < 7; at++) {
      const next = { link: at };
      chain.set(link, next);
      link = next;
    }
    const [table, key] = [new WeakMap(), {}];
    table.set(key, table); // the value holds its table
    const mutual = [new WeakMap(), new WeakMap()];
    mutual[0].set(keys[1], { in: mutual[1] });
    mutual[1].set(keys[2], { in: mutual[0] });
    const registry = new FinalizationRegistry(() => {});
    for (const each of keys) registry.register(each, { held: each.key }, each);
    const refs = keys.map((each) => new WeakRef(each));
    return { keys, notes, chain, table, key, mutual, registry, refs, seen: new WeakSet(keys) };
  },

  /** Several global objects, and references across them. */
  contexts() {
    const shared = { handlers: [] };
    const contexts = Array.from({ length: 3 }, (_, at) => {
      const context = createContext({ shared, at });
      const source = `
        class Tenant { constructor(id) { this.id = id; this.rows = Array.from({ length: 11 }, (_, at) => ({ at })); } }
        var tenants = new Map([[at, new Tenant(at)]]);
        shared.handlers.push(() => tenants.get(at));
        tenants`;
      return { context, tenants: runInContext(source, context) };
    });
    return { shared, contexts };
  },

  /** Functions, classes, and what hangs on them. */
  code() {
    class Account {
      #balance = 1.5;
      static opened = new Set();
      static {
        Account.opened.add(Account);
      }
      add = (amount) => {
        this.#balance += amount;
      };
      *entries() {
        yield this.#balance;
      }
    }
    const account = new Account();
    const entries = account.entries();
    entries.next();
    const waiting = (async () => {
      const kept = { kept: account };
      await new Promise(() => {});
      return kept;
    })();
    const proxy = new Proxy(account, { get: (target, name) => target[name] });
    const { proxy: revocable } = Proxy.revocable({}, {});
    const bus = new EventEmitter().setMaxListeners(0);
    for (let at = 0; at < 17; at++) bus.on('open', account.add.bind(account, at));
    const failed = new Error('no such account', { cause: { account } });
    void failed.stack;
    const scopes = [1, 2, 3].map((at) => () => () => [at, account, waiting]);
    return {
      account,
      entries,
      waiting,
      proxy,
      revocable,
      bus,
      failed,
      scopes,
      inner: scopes.map((scope) => scope()),
    };
  },

  /** Strings of all kinds, numbers, and bytes outside the heap. */
  values() {
    const part = 'x'.repeat(29);
    let pieces = part;
    for (let at = 0; at < 41; at++) pieces = `${pieces}${at}${part}`;
    const flat = Buffer.from(pieces).toString('latin1');
    const outside = Buffer.alloc(1_300_001, 'ab').latin1Slice(); // beyond 1 MB Node leaves the bytes outside
    const bytes = new ArrayBuffer(4099);
    const views = [
      new Uint8Array(bytes),
      new Float64Array(bytes, 8, 5),
      new DataView(bytes),
      Buffer.alloc(101),
    ];
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 2 });
    const numbers = [1.5, -0, 2 ** 31, Number.NaN, 7n, -(2n ** 101n)];
    const sparse = [];
    sparse[9973] = { far: true };
    const dictionary = Object.fromEntries(
      Array.from({ length: 1009 }, (_, at) => [`key ${at}`, { at: at + 0.5 }]),
    );
    delete dictionary['key 7'];
    const symbols = { [Symbol('mark')]: Symbol.for('memx'), date: new Date(0), regexp: /a(b)c/gu };
    return {
      pieces,
      flat,
      sliced: flat.slice(17, 83),
      outside,
      views,
      memory,
      shared: new SharedArrayBuffer(67),
      numbers,
      sparse,
      dictionary,
      symbols,
    };
  },
};

const [kind, file] = process.argv.slice(2);
const [program, options] = kind === 'internals' ? ['weakness', { exposeInternals: true }] : [kind, {}];
globalThis.kept = PROGRAMS[program]();
writeHeapSnapshot(file, { exposeNumericValues: kind === 'values', ...options });
