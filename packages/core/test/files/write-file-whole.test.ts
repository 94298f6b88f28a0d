import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeFileWhole, writeFileWholeSync } from '../../src/index.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'memx-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const writers = {
  writeFileWhole,
  writeFileWholeSync: async (path: string, data: string | Uint8Array) => writeFileWholeSync(path, data),
};

describe.each(Object.entries(writers))('%s', (_, write) => {
  it('writes text and bytes, for the user alone to read', async () => {
    const path = join(folder, 'a.json');
    await write(path, 'first');
    await write(path, Buffer.from('second'));
    expect(readFileSync(path, 'utf8')).toBe('second');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['a.json']);
  });

  it('leaves nothing behind when it fails, and says what to do', async () => {
    const missing = join(folder, 'no', 'a.json');
    await expect(write(missing, 'x')).rejects.toMatchObject({
      code: 'ERR_MEMX_IO',
      cause: { code: 'ENOENT' },
      message: expect.stringContaining('a folder that exists'),
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('writes through a symbolic link', async () => {
    const target = join(folder, 'target');
    writeFileSync(target, 'old');
    symlinkSync(target, join(folder, 'link'));
    await write(join(folder, 'link'), 'new');
    expect(readFileSync(target, 'utf8')).toBe('new');
    expect(readdirSync(folder).sort()).toEqual(['link', 'target']);
  });

  it.runIf(existsSync('/dev/null'))('writes to a device without replacing it', async () => {
    await write('/dev/null', 'x');
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });
});
