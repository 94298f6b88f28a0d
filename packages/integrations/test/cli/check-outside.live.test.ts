import { describe, expect, it } from 'vitest';
import { memxCommand } from './memx-command.js';

async function checkJson(...args: string[]) {
  const ended = await memxCommand(['check', ...args, '--json']);
  return { ...ended, document: JSON.parse(ended.stdout) };
}

const siteAt = (line: number, file: string) =>
  expect.objectContaining({ line, origin: 'own', filename: expect.stringMatching(file) });

describe('memx check on memory outside of the heap', { timeout: 60_000 }, () => {
  it('names the line that makes the Buffers that stay, and not the one beside it', async () => {
    const { exitCode, document } = await checkJson('keeps-uploads.mjs', '-d', '10');
    const suspect = document.suspects.find(({ memory }: { memory: string }) => memory === 'external');
    expect(suspect).toMatchObject({ confidence: 'high', type: 'Buffer' });
    expect(suspect.sites).toContainEqual(siteAt(5, 'keeps-uploads'));
    expect(suspect.sites).not.toContainEqual(siteAt(6, 'keeps-uploads'));
    expect(suspect.growthBytesPerSecond).toBeGreaterThan(1_000_000);
    expect(exitCode).toBe(1);
  });

  it('names the line that makes the memory of WebAssembly grow', async () => {
    const { exitCode, document } = await checkJson('grows-wasm-memory.mjs', '-d', '10');
    const [suspect] = document.suspects;
    expect(suspect).toMatchObject({ memory: 'external', confidence: 'high', type: 'WebAssembly.Memory' });
    expect(suspect.sites[0]).toEqual(siteAt(6, 'grows-wasm-memory'));
    expect(suspect.path.join(' › ')).toMatch(/memory in .*grows-wasm-memory\.mjs: .*Memory$/);
    expect(exitCode).toBe(1);
  });

  it('sees it grow, but knows no line when it must not wrap the program’s calls', async () => {
    const { document } = await checkJson('keeps-uploads.mjs', '-d', '10', '--no-external');
    const suspect = document.suspects.find(({ memory }: { memory: string }) => memory === 'external');
    expect(suspect).toMatchObject({ memory: 'external', sites: [] });
  });

  it('says nothing of a pool and a window', async () => {
    const { exitCode, document } = await checkJson('pools-uploads.mjs', '-d', '10');
    expect(
      document.suspects.filter(({ confidence }: { confidence: string }) => confidence !== 'low'),
    ).toEqual([]);
    expect(exitCode).toBe(0);
  });

  it('names the line that opens the files that stay open, and not the one beside it', async () => {
    const { exitCode, document } = await checkJson('opens-logs.mjs', '-d', '10');
    const suspect = document.suspects.find(({ memory }: { memory: string }) => memory === 'resource');
    expect(suspect).toMatchObject({ confidence: 'high', type: 'file descriptor' });
    expect(suspect.sites).toEqual([siteAt(7, 'opens-logs')]);
    expect(suspect.growthInstancesPerSecond).toBeGreaterThan(5);
    expect(exitCode).toBe(1);
  });
});
