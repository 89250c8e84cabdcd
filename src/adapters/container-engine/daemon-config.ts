import { join } from 'node:path';
import type { StateFolder } from '../state-folder.ts';

/** Files of the private engine; nothing of it lies elsewhere. */
export interface EnginePaths {
  readonly config: string;
  readonly dataRoot: string;
  readonly execRoot: string;
  readonly pidFile: string;
  readonly socket: string;
  readonly log: string;
  readonly runtime: string;
  /** Which boot of the machine the engine was last started in. */
  readonly bootId: string;
}

/** Where the private engine's files are. */
export const enginePaths = (state: StateFolder): EnginePaths => ({
  config: join(state.engine, 'daemon.json'),
  dataRoot: join(state.engine, 'data'),
  execRoot: join(state.engine, 'exec'),
  pidFile: join(state.engine, 'docker.pid'),
  socket: join(state.engine, 'docker.sock'),
  log: join(state.logs, 'dockerd.log'),
  runtime: join(state.engine, 'runc-within-bounds'),
  bootId: join(state.engine, 'boot-id'),
});

/** How clients reach the private engine; empty values switch off what would override the host. */
export const engineEnv = (paths: EnginePaths): Readonly<Record<string, string>> => ({
  DOCKER_HOST: `unix://${paths.socket}`,
  DOCKER_CONTEXT: '',
  DOCKER_TLS_VERIFY: '',
});

/**
 * The daemon.json of the private engine.
 * @param needsWrapper the host lacks capabilities: containers run through the wrapper at `paths.runtime`
 */
export const daemonConfig = (paths: EnginePaths, needsWrapper: boolean): Readonly<Record<string, unknown>> => ({
  'data-root': paths.dataRoot,
  'exec-root': paths.execRoot,
  pidfile: paths.pidFile,
  hosts: [`unix://${paths.socket}`],
  group: 'root',
  'log-level': 'info',
  'log-opts': { 'max-size': '10m', 'max-file': '2' },
  ...(needsWrapper && {
    runtimes: { 'within-bounds': { path: paths.runtime } },
    'default-runtime': 'within-bounds',
  }),
});
