import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeptSnapshot } from '../../../src/leak/watch/kept-snapshot.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'memx-kept-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const keep = () => new KeptSnapshot({ file: join(folder, 'kept'), settledFromId: 3, settledBeforeId: 7 });

describe('KeptSnapshot', () => {
  it('is a whole file that only its owner can read', () => {
    using kept = keep();
    kept.write('{"snapshot":');
    expect(existsSync(join(folder, 'kept'))).toBe(false);
    kept.write('{}}');
    expect(kept.finish()).toEqual({ file: join(folder, 'kept'), settledFromId: 3, settledBeforeId: 7 });
    expect(readFileSync(join(folder, 'kept'), 'utf8')).toBe('{"snapshot":{}}');
    if (process.platform !== 'win32') expect(statSync(join(folder, 'kept')).mode & 0o777).toBe(0o600);
  });

  it('leaves nothing behind when it is not finished', () => {
    {
      using kept = keep();
      kept.write('{');
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is none where there is no room for it', () => {
    using kept = new KeptSnapshot({ file: join(folder, 'no', 'kept'), settledFromId: 1, settledBeforeId: 2 });
    kept.write('{');
    expect(kept.finish()).toBeNull();
  });
});
