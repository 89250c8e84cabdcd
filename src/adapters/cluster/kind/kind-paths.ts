import { join } from 'node:path';
import type { StateFolder } from '../../state-folder.ts';

/** Files of one kind cluster; all of them lie in its own folder of the state folder. */
export interface KindPaths {
  readonly folder: string;
  readonly kubeconfig: string;
  /** The configuration that kind read, when options changed the one of the package. */
  readonly config: string;
  /** What the cluster was made of; exists only once it was whole. */
  readonly record: string;
  /** Held while somebody makes or removes the cluster. */
  readonly lock: string;
  readonly log: string;
  /** What kind collected from the nodes of a cluster that failed. */
  readonly nodeLogs: string;
}

/** Where the files of the cluster `name` are. */
export function kindPaths(state: StateFolder, name: string): KindPaths {
  const folder = join(state.root, 'clusters', name);
  return {
    folder,
    kubeconfig: join(folder, 'kubeconfig'),
    config: join(folder, 'kind-config.yaml'),
    record: join(folder, 'cluster.json'),
    lock: join(folder, 'lock'),
    log: join(state.logs, `kind-${name}.log`),
    nodeLogs: join(state.logs, `nodes-${name}`),
  };
}
