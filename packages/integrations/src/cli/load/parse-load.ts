import { parseArgs } from 'node:util';
import { InvalidArgumentError } from 'commander';
import { parseArgsStringToArgv } from 'string-argv';

export type LoadPlan = RequestPlan | CommandPlan;

/** The same request again and again. */
export interface RequestPlan {
  readonly kind: 'requests';
  /** Whole, or a path on the program's own server. */
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly connections: number;
  readonly perSecond: number;
}

/** A line for the shell, run again whenever it ends. */
export interface CommandPlan {
  readonly kind: 'command';
  readonly command: string;
}

/**
 * A leak shows by the number of requests, not by their pressure, and a server at its limit allocates for its queues.
 */
const DEFAULT_PER_SECOND = 200;
const DEFAULT_CONNECTIONS = 10;

/** `-c 10 -R 200 -m POST -H "name: value" -b body /route` (the letters are autocannon's), or a command for the shell. */
export function parseLoad(text: string): LoadPlan {
  const words = parseArgsStringToArgv(text);
  const [first] = words;
  if (first === undefined) throw new InvalidArgumentError('Give a route (/path), a URL or a command.');
  return /^(-|\/|https?:\/\/)/i.test(first) ? parseRequests(words) : { kind: 'command', command: text };
}

/** Repeated, the option adds one load to the others. */
export function addLoad(text: string, earlier: readonly LoadPlan[] | undefined): readonly LoadPlan[] {
  return [...(earlier ?? []), parseLoad(text)];
}

function parseRequests(words: readonly string[]): RequestPlan {
  const { values, positionals } = readWords(words);
  const [url, ...more] = positionals;
  if (url === undefined || more.length > 0 || !/^(\/|https?:\/\/)/i.test(url)) {
    throw new InvalidArgumentError(
      'Give one route (/path) or URL (http://…). A command whose first word is a path is told by `exec` before it.',
    );
  }
  if (!URL.canParse(url, 'http://localhost')) throw new InvalidArgumentError(`${url} is no URL.`);
  const body = values.body ?? null;
  return {
    kind: 'requests',
    url,
    method: (values.method ?? (body === null ? 'GET' : 'POST')).toUpperCase(),
    headers: Object.fromEntries((values.headers ?? []).map(parseHeader)),
    body,
    connections: parseCount('-c', values.connections, DEFAULT_CONNECTIONS),
    perSecond: parseCount('-R', values.overallRate, DEFAULT_PER_SECOND),
  };
}

function readWords(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        connections: { type: 'string', short: 'c' },
        overallRate: { type: 'string', short: 'R' },
        method: { type: 'string', short: 'm' },
        headers: { type: 'string', short: 'H', multiple: true },
        body: { type: 'string', short: 'b' },
      },
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new InvalidArgumentError(`${why}. The options of a load are -c, -R, -m, -H and -b.`);
  }
}

function parseHeader(text: string): [string, string] {
  const [, name, value] = /^([^:=\s]+)\s*[:=]\s*(.*)$/s.exec(text) ?? [];
  if (name !== undefined && value !== undefined) return [name, value];
  throw new InvalidArgumentError(`${text} is no header. Give -H "name: value".`);
}

function parseCount(flag: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const count = Number(text);
  if (Number.isInteger(count) && count > 0 && count <= 100_000) return count;
  throw new InvalidArgumentError(`Give ${flag} a whole number from 1 to 100000.`);
}
