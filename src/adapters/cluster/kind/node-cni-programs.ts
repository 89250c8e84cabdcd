import { ClusterError } from '../../../core/diagnostics/errors.ts';
import type { ProviderCall } from '../../../ports/cluster-provider.ts';
import type { ContainerEngine } from '../../container-engine/container-engine.ts';
import { installGoProgram } from '../../process/go-program.ts';
import { runCommand } from '../../process/run-command.ts';
import type { StateFolder } from '../../state-folder.ts';

const plugins = 'github.com/containernetworking/plugins';
const pluginsVersion = 'v1.9.1';
const commandMs = 60_000;

/** The nodes that programs are put on. */
export interface ProgramTarget {
  readonly engine: ContainerEngine;
  /** Names of the node containers. */
  readonly nodes: readonly string[];
  readonly state: StateFolder;
}

/**
 * Puts reference CNI programs (of the kind `main`) on the nodes that lack them, compiled here. Rejects with `ClusterError`,
 * also `cni-program-missing` where there is no Go to compile them with.
 */
export async function ensureCniPrograms(
  names: readonly string[],
  { engine, nodes, state }: ProgramTarget,
  call: ProviderCall,
): Promise<void> {
  const docker = (args: readonly string[]) =>
    runCommand(engine.docker, args, { env: engine.env, timeoutMs: commandMs, signal: call.signal });
  for (const name of names) {
    const path = `/opt/cni/bin/${name}`;
    for (const node of nodes) {
      const present = await docker(['exec', node, 'test', '-x', path]).then(
        () => true,
        () => false,
      );
      call.signal.throwIfAborted();
      if (!present) await docker(['cp', await compiled(name, state, call), `${node}:${path}`]);
    }
  }
}

async function compiled(name: string, state: StateFolder, call: ProviderCall): Promise<string> {
  const program = { name, package: `${plugins}/plugins/main/${name}@${pluginsVersion}` };
  const file = await installGoProgram(program, state, call);
  if (file !== undefined) return file;
  throw new ClusterError({
    code: 'cni-program-missing',
    message: `the nodes have no CNI program "${name}", which the plugin calls, and there is no Go to compile it with`,
    hint: 'Install Go, or build the nodes here: --images source.',
  });
}
