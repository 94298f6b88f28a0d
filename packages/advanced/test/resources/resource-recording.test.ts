import { once } from 'node:events';
import fs, { closeSync, open, openSync } from 'node:fs';
import { open as openPromised } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { promisify } from 'node:util';
import { runInThisContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { readResourcesThere, recordResources } from '../../src/resources/resource-recording.js';

const FILE = new URL(import.meta.url);
const evaluate = async (expression: string): Promise<unknown> => runInThisContext(expression);

async function read(isFirst = false) {
  const reading = await readResourcesThere(evaluate, isFirst);
  if (!reading) throw new Error('nothing is recorded');
  return reading;
}

const openedBy = async (name: string) =>
  (await read()).openings.find(({ frames }) => frames.some(({ functionName }) => functionName === name));

describe('a recording of resources', () => {
  let stop = () => {};
  afterEach(() => stop());

  it('tells who opened the files that are open, in each way to open one', async () => {
    stop = recordResources();
    const bySync = () => openSync(FILE, 'r');
    const byCallback = () =>
      new Promise<number>((resolve, reject) => {
        open(FILE, 'r', (error, fd) => (error ? reject(error) : resolve(fd)));
      });
    const byPromise = () => openPromised(FILE, 'r');
    const fds = [...Array.from({ length: 3 }, () => bySync()), await byCallback()];
    const handle = await byPromise();
    expect(await openedBy('bySync')).toMatchObject({ kind: 'file descriptor', count: 3 });
    expect((await openedBy('byCallback'))?.count).toBe(1);
    expect((await openedBy('byPromise'))?.count).toBe(1);
    expect((await read()).counts['file descriptor']).toBe(5);
    closeSync(fds.shift() ?? -1);
    expect((await openedBy('bySync'))?.count).toBe(2);
    for (const fd of fds) closeSync(fd);
    await handle.close();
    expect((await read()).openings).toEqual([]);
  });

  it('tells of what was opened later than the first reading of a watch, and counts all', async () => {
    stop = recordResources();
    const early = () => openSync(FILE, 'r');
    const late = () => openSync(FILE, 'r');
    const fds = [early()];
    await read(true);
    fds.push(late());
    expect(await openedBy('early')).toBeUndefined();
    expect((await openedBy('late'))?.count).toBe(1);
    expect((await read()).counts['file descriptor']).toBe(2);
    for (const fd of fds) closeSync(fd);
  });

  it('tells who made the workers and the connections that are not over', async () => {
    stop = recordResources();
    const startWorker = () => new Worker('setInterval(() => {}, 1e6)', { eval: true });
    const server = createServer().listen(0);
    await once(server, 'listening');
    const connectTo = () => connect((server.address() as AddressInfo).port);
    const worker = startWorker();
    const socket = connectTo();
    expect(await openedBy('startWorker')).toMatchObject({ kind: 'Worker', count: 1 });
    expect(await openedBy('connectTo')).toMatchObject({ kind: 'Socket', count: 1 });
    await worker.terminate();
    socket.destroy();
    server.close();
    await once(socket, 'close');
    expect(await openedBy('startWorker')).toBeUndefined();
    expect(await openedBy('connectTo')).toBeUndefined();
  });

  it('changes nothing of what the calls do, and is gone after the end', async () => {
    const original = fs.openSync;
    stop = recordResources();
    expect(fs.openSync).not.toBe(original);
    expect([fs.openSync.name, fs.openSync.length, fs.open.name]).toEqual([
      'openSync',
      original.length,
      'open',
    ]);
    expect(() => fs.openSync('/no/such/file', 'r')).toThrow(expect.objectContaining({ code: 'ENOENT' }));
    await expect(fs.promises.open('/no/such/file')).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(promisify(fs.open)('/no/such/file', 'r')).rejects.toMatchObject({ code: 'ENOENT' });
    expect(() => (fs.open as unknown as (path: string) => void)('/')).toThrow(TypeError);
    stop();
    stop();
    expect(fs.openSync).toBe(original);
    expect(await readResourcesThere(evaluate, false)).toBeNull();
  });
});
