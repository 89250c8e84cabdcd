import { ClusterError } from '../../../core/diagnostics/errors.ts';

/** A cause of a failed `kind create cluster`, known by what kind, the engine or the kernel say. */
interface Cause {
  readonly code: string;
  readonly pattern: RegExp;
  readonly message: string;
  readonly hint: string;
}

/** From most to least specific: the first that fits is named. */
const causes: readonly Cause[] = [
  {
    code: 'port-taken',
    pattern: /port is already allocated|address already in use|ports are not available/i,
    message: 'a port that the cluster needs is taken',
    hint: 'End the program that holds the port named above, or take the port out of kind-config.yaml.',
  },
  {
    code: 'disk-full',
    pattern: /no space left on device|disk quota exceeded/i,
    message: 'the disk is full',
    hint: 'Run: docker system prune, or free about 10 GiB, and try again.',
  },
  {
    code: 'image-missing',
    pattern:
      /failed to pull image|manifest (for .* )?(unknown|not found)|no such image|pull access denied|image .* not found/i,
    message: 'the node image could not be had',
    hint: 'Check the image name and the registry, or build it: --images source.',
  },
  {
    code: 'not-enough-memory',
    pattern: /cannot allocate memory|out of memory|oomkilled|exit code 137|signal: killed/i,
    message: 'there is not enough memory',
    hint: 'End other programs, or ask for fewer nodes: --nodes 1.',
  },
  {
    code: 'capabilities-missing',
    pattern: /unable to apply caps|operation not permitted: unknown/i,
    message: 'the engine cannot start privileged containers: the host lacks a capability',
    hint: 'Stop that engine, so that netproof starts its own, which works within the capabilities that are there.',
  },
  {
    code: 'node-not-booted',
    pattern: /could not find a log line that matches/i,
    message: 'a node did not boot: systemd did not come up in its container',
    hint: 'Run "netproof doctor": cgroups or inotify limits are the usual reasons; the node logs say more.',
  },
  {
    code: 'kubeadm-failed',
    pattern: /failed to (init|join) node with kubeadm/i,
    message: 'Kubernetes did not start in the node',
    hint: 'The kubelet log among the node logs says why; too little memory or CPU is the usual reason.',
  },
];

/** The error of a failed creation, with its real cause where kind's output tells it. Other errors come back as they are. */
export function kindFailure(error: unknown, nodeLogs: string | undefined): unknown {
  if (!(error instanceof ClusterError) || error.code !== 'command-failed') return error;
  const said = `${error.message}\n${error.outputTail ?? ''}`;
  const cause = causes.find(({ pattern }) => pattern.test(said));
  const where = nodeLogs === undefined ? '' : ` Node logs: ${nodeLogs}`;
  return new ClusterError({
    code: cause?.code ?? 'kind-failed',
    message: cause === undefined ? error.message : `kind could not create the cluster: ${cause.message}`,
    hint: `${cause?.hint ?? 'Look at the full log.'}${where}`,
    ...(error.command !== undefined && { command: error.command }),
    ...(error.outputTail !== undefined && { outputTail: error.outputTail }),
    ...(error.logFile !== undefined && { logFile: error.logFile }),
    cause: error.cause,
  });
}
