import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Answer, ask } from './servers.js';

/** What an example app did from its start to its end. */
export interface ExampleRun {
  readonly answers: readonly Answer[];
  readonly exitCode: number | null;
  readonly stderr: string;
}

/** Starts an example app with its own load, asks it for `path` a few times, and stops it with SIGTERM. */
export async function runExample(app: string, path: string): Promise<ExampleRun> {
  const file = join(import.meta.dirname, '../../../../apps', app, 'server.mjs');
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const [line] = await once(createInterface(child.stdout), 'line');
  const { port } = new URL(line.replace('Listening on ', ''));
  const answers: Answer[] = [];
  while (answers.length < 20) answers.push(await ask(Number(port), path));
  child.kill('SIGTERM');
  const [exitCode] = await once(child, 'close');
  return { answers, exitCode, stderr };
}
