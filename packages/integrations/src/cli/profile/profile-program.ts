import { fileURLToPath } from 'node:url';
import {
  type AllocationProfile,
  keepCallPlaces,
  mergeProfiles,
  type RecordedLine,
  refineProfile,
} from '@memx/advanced';
import { InstrumentedFiles, LineResolver, type LoadReport } from '@memx/advanced/lines/register';
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
  /** Why a thread could not be profiled, or a file not be instrumented. */
  readonly failures: readonly string[];
}

const AGENT_FILE = fileURLToPath(new URL('./profile-agent.cjs', import.meta.url));
const LINES_AGENT_FILE = fileURLToPath(new URL('./lines-agent.cjs', import.meta.url));

/**
 * Runs a program and records what its threads allocate; every reading of a thread replaces the one before.
 *
 * Lines are found here, not in the program: to parse the files a second time takes time and memory that would be the
 * program's, and a program that is killed could not do it any more. All that it pays is a copy of each source.
 */
export async function profileProgram({ script, args, config }: ProfileOptions): Promise<ProfileResult> {
  const profiles = new Map<number, AllocationProfile>();
  const failures: string[] = [];
  const files = new InstrumentedFiles();
  const program = launchProgram({
    script,
    args,
    agent: { file: AGENT_FILE, config, ...(config.lines ? { afterLoaders: LINES_AGENT_FILE } : {}) },
    onLine: (text) => {
      const line = parseLine(text);
      if (!line) return;
      if ('filename' in line) files.add(line);
      else if (line.kind === 'profile') profiles.set(line.thread, line.profile);
      else failures.push(line.message);
    },
  });
  const end = await program.ended;
  for (const { filename, reason } of files.listUninstrumented())
    failures.push(`${filename} is told by function, not by line: ${reason}`);
  const threads = [...profiles].sort(([a], [b]) => a - b).map(([, profile]) => profile);
  const profile = threads.length === 0 ? null : mergeProfiles(threads);
  return {
    end,
    profile: profile && (config.lines ? atLines(profile, files) : keepCallPlaces(profile)),
    failures,
  };
}

function atLines(profile: AllocationProfile, files: InstrumentedFiles): AllocationProfile {
  const resolver = new LineResolver(files);
  return refineProfile(profile, (stack) => resolver.resolve(stack));
}

/** The last line of a killed program may be cut. */
function parseLine(text: string): RecordedLine | LoadReport | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
