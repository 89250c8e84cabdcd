import type { ClusterState } from '../../core/model/cluster-state.ts';
import type { NetworkPolicy } from '../../core/model/policy.ts';
import type { Protocol } from '../../core/model/protocol.ts';
import type { Service } from '../../core/model/service.ts';
import type { KubeObject } from '../../ports/cluster.ts';
import type { ObjectStore } from './object-store.ts';

interface Container {
  readonly ports?: readonly {
    readonly containerPort: number;
    readonly protocol: Protocol;
    readonly name?: string;
    readonly hostPort?: number;
  }[];
}

interface PodFields {
  readonly spec: {
    readonly nodeName?: string;
    readonly containers: readonly Container[];
    readonly initContainers?: readonly Container[];
  };
  readonly status: {
    readonly podIPs: readonly { readonly ip: string }[];
    readonly phase?: string;
    readonly containerStatuses?: readonly { readonly restartCount: number }[];
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
}

interface ServiceFields {
  readonly spec: Pick<Service, 'selector' | 'ports' | 'clusterIPs' | 'externalTrafficPolicy'>;
}

/** Kind under which the store keeps hosts outside the simulated pod network; a name of the store's own. */
export const SIMULATED_HOST = 'Host';

/** The stored objects as the oracle reads them, under their real names. */
export function simulatedState(store: ObjectStore): ClusterState {
  return {
    namespaces: store.ofKind('Namespace').map(({ metadata: { name, labels } }) => ({
      name,
      labels: { ...labels, 'kubernetes.io/metadata.name': name },
    })),
    pods: store.ofKind('Pod').map((pod) => {
      const { spec, status } = pod as unknown as PodFields;
      const containers = [...spec.containers, ...(spec.initContainers ?? [])];
      const ports = containers.flatMap((container) => container.ports ?? []);
      return {
        ...namesOf(pod),
        labels: pod.metadata.labels ?? {},
        terminating: pod.metadata.deletionTimestamp !== undefined,
        finished: status.phase === 'Succeeded' || status.phase === 'Failed',
        restarts: status.containerStatuses?.[0]?.restartCount ?? 0,
        pending: status.phase === 'Pending',
        unready: (status.conditions ?? []).some(({ type, status }) => type === 'Ready' && status === 'False'),
        ports: ports.map(({ containerPort, ...port }) => ({ ...port, port: containerPort })),
        ips: status.podIPs.map(({ ip }) => ip),
        ...(spec.nodeName !== undefined && { node: spec.nodeName }),
      };
    }),
    services: store.ofKind('Service').map((service) => ({
      ...namesOf(service),
      ...(service as unknown as ServiceFields).spec,
    })),
    hosts: store.ofKind(SIMULATED_HOST).map(({ metadata: { name }, ips }) => ({ name, ips: ips as readonly string[] })),
    policies: store.ofKind('NetworkPolicy') as unknown as readonly NetworkPolicy[],
  };
}

function namesOf({ metadata: { name, namespace = '' } }: KubeObject): {
  readonly namespace: string;
  readonly name: string;
} {
  return { namespace, name };
}
