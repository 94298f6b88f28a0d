/**
 * What the CLI tells its agent inside the program. It travels in one environment variable that the agent
 * removes before the program's first line runs, so that neither the program nor its children see it.
 */
const VARIABLE = 'MEMX_AGENT';

/** The pipe on which the agent writes lines of JSON; the program's own stdin, stdout and stderr stay its own. */
export const AGENT_FD = 3;

export function agentEnvironment(config: object): NodeJS.ProcessEnv {
  return { ...process.env, [VARIABLE]: JSON.stringify(config) };
}

/** For the agent: reads its configuration and removes every trace of itself. */
export function takeAgentConfig<T>(agentFile: string): T | null {
  const text = process.env[VARIABLE];
  delete process.env[VARIABLE];
  dropPreload(agentFile);
  return text === undefined ? null : JSON.parse(text);
}

/** Takes `--require file` or `--import file` out of what forked children start with; whether it was there. */
export function dropPreload(file: string): boolean {
  const at = process.execArgv.indexOf(file);
  if (at > 0) process.execArgv.splice(at - 1, 2);
  return at > 0;
}
