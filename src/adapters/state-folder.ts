import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/** Where netproof keeps what it downloads, builds and logs. Everything in it may be deleted: it is made again. */
export interface StateFolder {
  readonly root: string;
  /** Programs that netproof installed for itself, e.g. kind. */
  readonly bin: string;
  /** Built artefacts, named by their content key. */
  readonly build: string;
  /** Logs of commands. */
  readonly logs: string;
  /** What was collected of steps that did not pass, a folder a run. */
  readonly evidence: string;
  /** Runs of this machine that go on, a file each. */
  readonly runs: string;
  /** The private container engine: data, socket, pid file, log. */
  readonly engine: string;
}

/**
 * `$NETPROOF_HOME`, else `$XDG_CACHE_HOME/netproof`, else `~/.cache/netproof`. XDG says that a relative
 * `XDG_CACHE_HOME` is to be ignored. Nothing is created.
 */
export const stateFolder = (
  env: Readonly<Record<string, string | undefined>> = process.env,
  home: string = homedir(),
): StateFolder => {
  const cache = env.XDG_CACHE_HOME && isAbsolute(env.XDG_CACHE_HOME) ? env.XDG_CACHE_HOME : join(home, '.cache');
  const root = env.NETPROOF_HOME ? resolve(env.NETPROOF_HOME) : join(cache, 'netproof');
  return {
    root,
    bin: join(root, 'bin'),
    build: join(root, 'build'),
    logs: join(root, 'logs'),
    evidence: join(root, 'evidence'),
    runs: join(root, 'runs'),
    engine: join(root, 'engine'),
  };
};
