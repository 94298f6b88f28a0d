import { fileURLToPath } from 'node:url';
import { type AllocationProfile, mergeProfiles, type RecordedLine } from '@memx/advanced';
import { launchProgram, type ProgramEnd } from '../program/launch-program.js';
import type { ProfileAgentConfig } from './profile-agent-config.js';

export interface ProfileOptions {
  readonly script: string;
  readonly args: readonly string[];
  readonly config: ProfileAgentConfig;
}

export interface ProfileResult {
  readonly end: ProgramEnd;
  /** Of all threads; null when none of them could be read before the program ended. */
  readonly profile: AllocationProfile | null;
  /** Why a thread could not be profiled. */
  readonly failures: readonly string[];
}

const AGENT_FILE = fileURLToPath(new URL('./profile-agent.cjs', import.meta.url));

/** Runs a program and records what its threads allocate; every reading of a thread replaces the one before. */
export async function profileProgram({ script, args, config }: ProfileOptions): Promise<ProfileResult> {
  const profiles = new Map<number, AllocationProfile>();
  const failures: string[] = [];
  const program = launchProgram({
    script,
    args,
    agent: { file: AGENT_FILE, config },
    onLine: (text) => {
      const line = parseLine(text);
      if (line?.kind === 'profile') profiles.set(line.thread, line.profile);
      else if (line) failures.push(line.message);
    },
  });
  const end = await program.ended;
  const threads = [...profiles].sort(([a], [b]) => a - b).map(([, profile]) => profile);
  return { end, profile: threads.length === 0 ? null : mergeProfiles(threads), failures };
}

/** The last line of a killed program may be cut. */
function parseLine(text: string): RecordedLine | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
