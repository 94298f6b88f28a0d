import { spawn } from 'node:child_process';

/**
 * The CPU time, user and system, of a command with all processes that it waits for, as bash's `time` tells it: Node
 * knows its own alone. Its output is thrown away.
 *
 * @param {readonly string[]} command
 * @param {{ cwd?: string, env?: Record<string, string | undefined> }} [options]
 * @returns {Promise<number>} milliseconds
 */
export function cpuOfCommand(command, options = {}) {
  const script = `TIMEFORMAT='%U %S'; time "$@" > /dev/null 2> /dev/null`;
  const child = spawn('bash', ['-c', script, 'bash', ...command], {
    ...options,
    env: { ...(options.env ?? process.env), LC_ALL: 'C' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  child.stderr.setEncoding('utf8');
  let text = '';
  child.stderr.on('data', (part) => {
    text += part;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => {
      const [userS, systemS] = text.trim().split(' ').map(Number);
      if (exitCode === 0) resolve((userS + systemS) * 1_000);
      else reject(new Error(`${command.join(' ')} ended with ${exitCode}. Run it alone to see why.`));
    });
  });
}
