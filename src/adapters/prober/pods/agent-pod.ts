import type { ScenarioPod } from '../../../core/scenario/scenario.ts';
import type { KubeObject } from '../../../ports/cluster.ts';
import { type AgentPort, agentFolder, agentSource, contentHash, serveCommand } from '../agent/program.ts';
import { kubeletContainers, portsForKubelet } from './kubelet-containers.ts';
import { configMap, type PodPlacement, podObject } from './shared.ts';
import { SLEEP } from './shell-pod.ts';
import { unreadyContainer } from './unready-container.ts';

function servedBy({ port, protocol, payloadBytes }: ScenarioPod['ports'][number]): AgentPort {
  return { port, protocol, ...(payloadBytes !== undefined && { payloadBytes }) };
}

/**
 * A pod that runs the agent, with the ConfigMap that holds its program. It satisfies the `restricted` pod security
 * standard, but for one on its node's network; low ports are open to it by a sysctl that every kubelet allows.
 */
export function agentPod(pod: ScenarioPod, placement: PodPlacement): readonly KubeObject[] {
  const source = agentSource();
  const name = `netproof-agent-${contentHash(source)}`;
  const identity = `${pod.namespace}/${pod.name}`;
  const serving = (ports: ScenarioPod['ports'], more: readonly AgentPort[] = []) =>
    serveCommand({ identity, ports: [...ports.map(servedBy), ...more] });
  const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
  const idle = { image: placement.idleImage, command: SLEEP, securityContext };
  return [
    configMap(placement, name, { 'agent.mts': source }),
    podObject(pod, placement, {
      image: placement.agentImage,
      commandFor: (ports, isFirst) => serving(ports, isFirst ? portsForKubelet(pod) : []),
      env: [
        { name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
        { name: 'NODE_COMPILE_CACHE', value: '/tmp/netproof-compile-cache' },
      ],
      mounts: [{ configMap: name, path: agentFolder }],
      podSecurity: {
        runAsNonRoot: true,
        runAsUser: 1000,
        runAsGroup: 1000,
        seccompProfile: { type: 'RuntimeDefault' },
        // Nodes keep their own settings.
        ...(!pod.hostNetwork && { sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }] }),
      },
      containerSecurity: securityContext,
      moreContainers: [...kubeletContainers(pod, idle), ...(pod.unready ? [unreadyContainer(idle)] : [])],
    }),
  ];
}
