import type { ScenarioPod } from '../../../core/scenario/scenario.ts';
import type { KubeObject } from '../../../ports/cluster.ts';

/** Where pods of a scenario go. */
export interface PodPlacement {
  /** Real namespace. */
  readonly namespace: string;
  /** Labels of what accompanies the pods (ConfigMaps). Pods carry the scenario's labels only. */
  readonly labels: Readonly<Record<string, string>>;
  /** Image of pods that run the agent. */
  readonly agentImage: string;
}

/** The parts in which the pods of a scenario differ. */
export interface PodParts {
  readonly image: string;
  readonly command?: readonly string[];
  readonly env?: readonly object[];
  readonly mounts?: readonly { readonly configMap: string; readonly path: string }[];
  readonly podSecurity?: object;
  readonly dnsConfig?: object;
  readonly containerSecurity?: object;
}

/** A ConfigMap whose content never changes: the name has to carry the content's hash. */
export function configMap(placement: PodPlacement, name: string, data: Readonly<Record<string, string>>): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: placement.namespace, labels: placement.labels },
    immutable: true,
    data,
  };
}

/**
 * A pod with the scenario's name, labels and ports. No pull where the image is there (untagged images would be pulled
 * always), no variables of Services, no token, one second to end, and no CPU limit: throttling reads as lateness.
 */
export function podObject(pod: ScenarioPod, placement: PodPlacement, parts: PodParts): KubeObject {
  const mounts = parts.mounts ?? [];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: pod.name, namespace: placement.namespace, labels: pod.labels },
    spec: {
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: 1,
      ...(parts.dnsConfig !== undefined && { dnsConfig: parts.dnsConfig }),
      ...(parts.podSecurity !== undefined && { securityContext: parts.podSecurity }),
      containers: [
        {
          name: 'main',
          image: parts.image,
          imagePullPolicy: 'IfNotPresent',
          ...(parts.command !== undefined && { command: parts.command }),
          ...(parts.env !== undefined && { env: parts.env }),
          ...(parts.containerSecurity !== undefined && { securityContext: parts.containerSecurity }),
          ports: pod.ports.map(({ name, port, protocol }) => ({
            ...(name !== undefined && { name }),
            containerPort: port,
            protocol,
          })),
          resources: { requests: { cpu: '10m', memory: '32Mi' } },
          volumeMounts: mounts.map(({ path }, index) => ({ name: `volume-${index}`, mountPath: path, readOnly: true })),
        },
      ],
      volumes: mounts.map(({ configMap }, index) => ({ name: `volume-${index}`, configMap: { name: configMap } })),
    },
  };
}
