import { readFileSync } from 'node:fs';

/** The version of the installed @memx/integrations. */
export function memxVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return version;
}
