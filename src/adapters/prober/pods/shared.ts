import type { ScenarioPod, ServedPort } from '../../../core/scenario/scenario.ts';
import type { KubeObject } from '../../../ports/cluster.ts';

/** Where pods of a scenario go. */
export interface PodPlacement {
  /** Real namespace. */
  readonly namespace: string;
  /** Labels of what accompanies the pods (ConfigMaps). Pods carry the scenario's labels only. */
  readonly labels: Readonly<Record<string, string>>;
  /** Node that the pod is put on; without, the scheduler decides. */
  readonly node?: string;
  /** Node that the scheduler is asked to take where it can; not used beside `node`. */
  readonly preferredNode?: string;
  /** What a pod dials from its first instant on, where it does. */
  readonly dials?: readonly { readonly host: string; readonly port: number }[];
  /** What the network plugin is told of the pod. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Image of pods that run the agent. */
  readonly agentImage: string;
  /** Image of pods that do nothing. */
  readonly idleImage: string;
}

/** The parts in which the pods of a scenario differ. */
export interface PodParts {
  readonly image: string;
  /** What a container runs that serves these ports; default: what the image says. */
  readonly commandFor?: (ports: readonly ServedPort[], isFirst: boolean) => readonly string[];
  readonly env?: readonly object[];
  readonly mounts?: readonly { readonly configMap: string; readonly path: string }[];
  readonly podSecurity?: object;
  readonly dnsConfig?: object;
  readonly containerSecurity?: object;
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** Containers of another kind, after the scenario's. */
  readonly moreContainers?: readonly object[];
}

/** Name of a pod's first container. */
const FIRST = 'main';

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
 * always), no variables of Services, no token, one second to end, and no CPU limit: throttling reads as lateness. What
 * probes asks for a part of a CPU: with next to none the kernel makes it wait behind all else.
 */
export function podObject(pod: ScenarioPod, placement: PodPlacement, parts: PodParts): KubeObject {
  const mounts = parts.mounts ?? [];
  const others = pod.containers ?? [];
  const main = pod.ports.filter((port) => !others.some(({ ports }) => ports.includes(port)));
  const container = (name: string, ports: readonly ServedPort[], more: object = {}) => ({
    name,
    image: parts.image,
    imagePullPolicy: 'IfNotPresent',
    ...(parts.commandFor !== undefined && { command: parts.commandFor(ports, name === FIRST) }),
    ...(parts.env !== undefined && { env: parts.env }),
    ...(parts.containerSecurity !== undefined && { securityContext: parts.containerSecurity }),
    // The end begins with this command, and only then are the containers told of it.
    ...(pod.lingersSeconds !== undefined && {
      lifecycle: { preStop: { exec: { command: ['sleep', String(pod.lingersSeconds)] } } },
    }),
    ports: ports.map(containerPort),
    resources: { requests: { cpu: pod.probes === undefined ? '10m' : '40m', memory: '32Mi' } },
    volumeMounts: mounts.map(({ path }, index) => ({ name: `volume-${index}`, mountPath: path, readOnly: true })),
    ...more,
  });
  const sidecars = others.filter(({ sidecar }) => sidecar);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...{ name: pod.name, namespace: placement.namespace, labels: pod.labels },
      ...(placement.annotations !== undefined && { annotations: placement.annotations }),
    },
    spec: {
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: 1 + (pod.lingersSeconds ?? 0),
      ...(pod.ends !== undefined && { restartPolicy: 'Never' }),
      ...(pod.hostNetwork && { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' }),
      ...nodeChoice(placement),
      ...(parts.nodeSelector !== undefined && { nodeSelector: parts.nodeSelector }),
      ...(parts.dnsConfig !== undefined && { dnsConfig: parts.dnsConfig }),
      ...(parts.podSecurity !== undefined && { securityContext: parts.podSecurity }),
      ...(sidecars.length > 0 && {
        initContainers: sidecars.map(({ name, ports }) => container(name, ports, { restartPolicy: 'Always' })),
      }),
      containers: [
        container(FIRST, main),
        ...others.filter(({ sidecar }) => !sidecar).map(({ name, ports }) => container(name, ports)),
        ...(parts.moreContainers ?? []),
      ],
      volumes: mounts.map(({ configMap }, index) => ({ name: `volume-${index}`, configMap: { name: configMap } })),
    },
  };
}

function nodeChoice({ node, preferredNode }: PodPlacement): object {
  if (node !== undefined) return { nodeName: node };
  if (preferredNode === undefined) return {};
  const preference = { matchFields: [{ key: 'metadata.name', operator: 'In', values: [preferredNode] }] };
  const preferences = [{ weight: 100, preference }];
  return { affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: preferences } } };
}

function containerPort({ name, port, protocol, hostPort }: ServedPort): object {
  const named = { ...(name !== undefined && { name }), containerPort: port, protocol };
  return hostPort === undefined ? named : { ...named, hostPort };
}
