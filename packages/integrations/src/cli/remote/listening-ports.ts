import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** The state of a socket that listens, in /proc/net/tcp. */
const LISTEN = '0A';

/**
 * The TCP ports on which a process listens, by its open sockets in /proc.
 *
 * @returns null where there is no /proc, or it may not be read
 */
export function readListeningPorts(pid: number): readonly number[] | null {
  try {
    const sockets = new Set<string>();
    for (const fd of readdirSync(`/proc/${pid}/fd`)) {
      const [, inode] = /^socket:\[(\d+)\]$/.exec(readLink(`/proc/${pid}/fd/${fd}`)) ?? [];
      if (inode !== undefined) sockets.add(inode);
    }
    const lines = ['tcp', 'tcp6'].flatMap((name) => readLines(`/proc/${pid}/net/${name}`));
    return [...new Set(lines.flatMap((line) => portOf(line, sockets)))];
  } catch {
    return null;
  }
}

/** ` 0: 0100007F:240D 00000000:0000 0A …  inode`: the local address and its port in hex, the state, and the inode at 9. */
function portOf(line: string, sockets: ReadonlySet<string>): number[] {
  const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
  if (state !== LISTEN || !sockets.has(inode)) return [];
  return [Number.parseInt(local.split(':').at(-1) ?? '', 16)];
}

function readLink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return ''; // closed meanwhile
  }
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'latin1').split('\n');
  } catch {
    return []; // no IPv6
  }
}
