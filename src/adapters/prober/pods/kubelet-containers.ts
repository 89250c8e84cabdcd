import { KUBELET_PORTS, type KubeletProbe } from '../../../core/scenario/kubelet-probes.ts';
import type { ScenarioPod } from '../../../core/scenario/scenario.ts';
import type { AgentPort } from '../agent/program.ts';
import { kubeletContainer } from '../kubelet/kubelet-view.ts';
import { type IdleParts, idleContainer } from './idle-container.ts';

/** Timing of readiness and liveness probes (API: `Probe`), in s: a kubelet that is kept out says so after three. */
const TIMING = { periodSeconds: 1, timeoutSeconds: 1, failureThreshold: 3 };
/** An agent that is only starting is asked so often before its container is given up. */
const STARTUP_PROBES = 60;
/** An exec is answered by the node's runtime: on a busy machine it takes its time, which says nothing of the network. */
const EXEC_TIMEOUT_S = 5;

/**
 * Containers that do nothing, one for each way in which the kubelet is to probe the pod. The agent in the first container
 * answers; what the kubelet makes of it happens to these, so that no failed probe ends the agent.
 */
export function kubeletContainers({ kubeletProbes = [] }: ScenarioPod, parts: IdleParts): readonly object[] {
  return kubeletProbes.map((probe) => ({
    ...idleContainer(kubeletContainer(probe), parts),
    ...(probe !== 'exec' && { ports: [{ containerPort: KUBELET_PORTS[probe], protocol: 'TCP' }] }),
    readinessProbe: probeOf(probe),
    livenessProbe: probeOf(probe),
    startupProbe: { ...probeOf(probe), failureThreshold: STARTUP_PROBES },
  }));
}

/** The ports that the pod's agent serves for its kubelet. */
export function portsForKubelet({ kubeletProbes = [] }: ScenarioPod): readonly AgentPort[] {
  const speaking = new Map(kubeletProbes.map((probe) => [KUBELET_PORTS[probe], probe]));
  return [...speaking].map(([port, probe]) => ({ port, protocol: 'TCP', ...(probe === 'grpc' && { speaks: 'grpc' }) }));
}

function probeOf(probe: KubeletProbe): object {
  const port = KUBELET_PORTS[probe];
  switch (probe) {
    case 'http':
      return { ...TIMING, httpGet: { port, path: '/' } };
    case 'tcp':
      return { ...TIMING, tcpSocket: { port } };
    case 'grpc':
      return { ...TIMING, grpc: { port } };
    case 'exec': {
      const command = ['wget', '-q', '-O', '/dev/null', '-T', '2', `http://127.0.0.1:${port}/`];
      return { ...TIMING, timeoutSeconds: EXEC_TIMEOUT_S, exec: { command } };
    }
  }
}
