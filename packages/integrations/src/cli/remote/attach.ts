import { setTimeout } from 'node:timers/promises';
import { cannotAttach, checkNodeProcess } from './check-node-process.js';
import { readListeningPorts } from './listening-ports.js';
import { RemoteSession } from './remote-session.js';

const OPEN_LIMIT_MS = 5_000;
const LOOK_EVERY_MS = 50;
const ANSWER_LIMIT_MS = 1_000;
/** Where Node's inspector listens unless it is told otherwise. */
const DEFAULT_PORT = 9229;

/** The inspector of a running process, open for as long as it is needed. */
export interface Attachment {
  readonly session: RemoteSession;
  /** Ends the connection, and closes the inspector if it was not open before. The process goes on. */
  detach(): Promise<void>;
}

interface ProcessWithDebug {
  _debugProcess?: (pid: number) => void;
}

/**
 * Connects to the inspector of a Node process: to one that listens already, else it is opened by SIGUSR1 (on Windows by
 * Node's own call for it), on 127.0.0.1 and the port that the process was given, 9229 by default. That the port is the
 * process's own is asked of itself.
 *
 * @throws MemxError `ERR_MEMX_PROGRAM`
 */
export async function attach(pid: number, signal: AbortSignal): Promise<Attachment> {
  checkNodeProcess(pid);
  const open = await findSession(pid);
  if (open) return attachment(open, false);
  openInspector(pid);
  for (let waitedMs = 0; waitedMs < OPEN_LIMIT_MS; waitedMs += LOOK_EVERY_MS) {
    await setTimeout(LOOK_EVERY_MS, undefined, { signal });
    const session = await findSession(pid);
    if (session) return attachment(session, true);
  }
  throw cannotAttach(
    'The process did not open its inspector',
    pid,
    `Port ${DEFAULT_PORT} may be taken by another process: look with ss -ltnp, or start the program with --inspect-port=0.`,
  );
}

function openInspector(pid: number): void {
  const { _debugProcess }: ProcessWithDebug = process as ProcessWithDebug;
  if (process.platform === 'win32' && _debugProcess) _debugProcess(pid);
  else process.kill(pid, 'SIGUSR1');
}

function attachment(session: RemoteSession, opened: boolean): Attachment {
  return {
    session,
    async detach() {
      // In a turn of its own: it ends the connection that the call came by.
      const close = "void setImmediate(() => process.getBuiltinModule('node:inspector').close())";
      if (opened) await session.evaluate(close).catch(() => {});
      session[Symbol.dispose]();
    },
  };
}

async function findSession(pid: number): Promise<RemoteSession | null> {
  for (const port of readListeningPorts(pid) ?? [DEFAULT_PORT]) {
    const url = await findSocketUrl(port);
    const session = url && (await RemoteSession.connect(url, ANSWER_LIMIT_MS).catch(() => null));
    if (!session) continue;
    const answer = await session.evaluate<number>('process.pid').catch(() => null);
    if (answer === pid) return session;
    session[Symbol.dispose]();
  }
  return null;
}

/** The inspector tells its address to whoever asks; other servers answer something else, or nothing. */
async function findSocketUrl(port: number): Promise<string | null> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/json/list`, {
      signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
    });
    const targets: unknown = await response.json();
    const url: unknown = Array.isArray(targets) ? targets[0]?.webSocketDebuggerUrl : undefined;
    return typeof url === 'string' ? url : null;
  } catch {
    return null;
  }
}
