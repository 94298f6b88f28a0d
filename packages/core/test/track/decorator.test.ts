import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { describe, expect, it } from 'vitest';
import { type MemoryProfile, trackMemory } from '../../src/index.js';
import { manualTicker, scriptedSource } from '../../src/testing/index.js';

const profiles: MemoryProfile[] = [];
const source = scriptedSource([{ rssBytes: 1 }, { rssBytes: 2 }]);
const ticker = manualTicker();
const collecting = {
  source,
  ticker,
  onProfile: (profile: MemoryProfile) => {
    profiles.push(profile);
  },
};
const takeProfiles = () => profiles.splice(0);

class Store {
  readonly rows = [1, 2, 3];
  runs = 0;

  @trackMemory(collecting)
  load(from: number): number[] {
    return this.rows.slice(from);
  }

  @trackMemory({ ...collecting, label: 'saving' })
  async save(fails: boolean): Promise<string> {
    await null;
    if (fails) throw new RangeError('full');
    return 'saved';
  }

  @trackMemory(collecting)
  *walk(): Generator<number, string, undefined> {
    yield* this.rows;
    return 'end';
  }

  @trackMemory(collecting)
  static create(): Store {
    return new Store();
  }

  @trackMemory(collecting)
  find(): PromiseLike<number> & { where(): void } {
    return {
      where() {},
      // biome-ignore lint/suspicious/noThenProperty: a query of a database library is a thenable that runs when awaited
      then: (onFulfilled, onRejected) => {
        this.runs++;
        return Promise.resolve(this.runs).then(onFulfilled, onRejected);
      },
    };
  }

  @trackMemory(collecting)
  findForever(): PromiseLike<number> {
    return Object.freeze(this.find());
  }

  @trackMemory({ source, ticker })
  quiet(): string {
    return 'quiet';
  }
}

describe('a method decorated in the standard way', () => {
  it('gives the same value and tells onProfile', () => {
    expect(new Store().load(1)).toEqual([2, 3]);
    expect(takeProfiles()).toMatchObject([
      { label: 'load', outcome: 'returned', memoryUsage: { length: 2 } },
    ]);
    expect(Store.create()).toBeInstanceOf(Store);
    expect(takeProfiles()).toMatchObject([{ label: 'create' }]);
    expect([Store.prototype.load.name, Store.prototype.load.length]).toEqual(['load', 1]);
  });

  it('is tracked to the end of its promise', async () => {
    expect(await new Store().save(false)).toBe('saved');
    await expect(new Store().save(true)).rejects.toThrow(RangeError);
    expect(takeProfiles()).toMatchObject([
      { label: 'saving', outcome: 'returned' },
      { label: 'saving', outcome: 'threw', error: expect.any(RangeError) },
    ]);
  });

  it('is tracked to the end of its generator', () => {
    expect([...new Store().walk()]).toEqual([1, 2, 3]);
    expect(takeProfiles()).toMatchObject([{ label: 'walk', outcome: 'returned' }]);
  });

  it('gives a lazy query back as it is, runs it only when it is awaited, and once', async () => {
    const store = new Store();
    const query = store.find();
    query.where();
    expect([store.runs, takeProfiles().length]).toEqual([0, 0]);
    expect(await query).toBe(1);
    expect(takeProfiles()).toMatchObject([{ label: 'find', outcome: 'returned' }]);
    expect(await query).toBe(2);
    expect(takeProfiles()).toEqual([]);
  });

  it('is tracked up to its return where the query may not be touched', async () => {
    const query = new Store().findForever();
    expect(takeProfiles()).toMatchObject([{ label: 'findForever', outcome: 'returned' }]);
    expect(await query).toBe(1);
    expect(await query).toBe(2);
    expect(takeProfiles()).toMatchObject([{ label: 'find' }]);
  });

  it('is not measured while nobody listens', () => {
    const { reads } = source;
    expect(new Store().quiet()).toBe('quiet');
    expect(source.reads).toBe(reads);
  });

  it('tells the diagnostics channel memx:track when somebody listens there', () => {
    const heard: unknown[] = [];
    const listener = (profile: unknown) => heard.push(profile);
    subscribe('memx:track', listener);
    new Store().quiet();
    unsubscribe('memx:track', listener);
    new Store().quiet();
    expect(heard).toMatchObject([{ label: 'quiet', outcome: 'returned', memoryUsage: { length: 2 } }]);
  });

  it('stands on methods only', () => {
    const refusal = expect.objectContaining({ code: 'ERR_MEMX_INVALID_OPTION' });
    expect(() => {
      class Wrong {
        // @ts-expect-error a field is no method
        @trackMemory(collecting)
        field = 1;
      }
      return Wrong;
    }).toThrow(refusal);
  });
});

describe('a method decorated in the legacy way', () => {
  const decorate = (target: object, key: string) => {
    const descriptor = Object.getOwnPropertyDescriptor(target, key);
    if (descriptor === undefined) throw new Error('no such method');
    Object.defineProperty(target, key, trackMemory(collecting)(target, key, descriptor));
  };

  it('gives the same value and tells onProfile', () => {
    class Legacy {
      factor = 3;
      times(value: number): number {
        return this.factor * value;
      }
    }
    decorate(Legacy.prototype, 'times');
    expect(new Legacy().times(5)).toBe(15);
    expect(takeProfiles()).toMatchObject([{ label: 'times', outcome: 'returned' }]);
    expect(Object.keys(new Legacy())).toEqual(['factor']);
  });

  it('stands on methods only', () => {
    class Legacy {
      get size() {
        return 1;
      }
    }
    expect(() => decorate(Legacy.prototype, 'size')).toThrow("not a method: 'size'");
  });
});
