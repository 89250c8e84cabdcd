import { familyOf } from '../../core/model/address.ts';
import type { IpFamily } from '../../core/model/protocol.ts';
import type { CallOptions, ClusterInfo, KubeObject, NodeFacts } from '../../ports/cluster.ts';
import { refusal } from './api-errors.ts';
import type { ObjectVerbs } from './objects.ts';
import { nodeCidrs } from './pod-cidrs.ts';
import type { Send } from './requests.ts';

/** The parts of `Node` (core/v1) that a run records. */
interface NodeParts {
  readonly spec?: {
    readonly unschedulable?: boolean;
    readonly taints?: readonly { readonly effect: string }[];
  };
  readonly status?: {
    readonly addresses?: readonly { readonly type: string; readonly address: string }[];
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly allocatable?: { readonly pods?: string; readonly cpu?: string };
  };
}

/** Asks the API server for its version and its nodes. */
export async function readInfo(
  source: { readonly send: Send; readonly verbs: ObjectVerbs; readonly provider: string },
  options: CallOptions | undefined,
): Promise<ClusterInfo> {
  const answer = await source.send({ method: 'GET', path: '/version' }, options);
  if (answer.status !== 200) throw refusal("ask for the API server's version", answer);
  const { gitVersion } = JSON.parse(answer.body) as { readonly gitVersion: string };
  const nodes = await source.verbs.list({ apiVersion: 'v1', kind: 'Node' }, options);
  return {
    provider: source.provider,
    kubernetes: gitVersion,
    nodes: nodes.map((node) => ({
      name: node.metadata.name,
      ips: internalIps(node),
      ready: isReady(node),
      takesPods: takesPods(node),
      controlPlane: CONTROL_PLANE in (node.metadata.labels ?? {}),
      ...room(node),
    })),
    ipFamilies: families(nodes),
  };
}

const CONTROL_PLANE = 'node-role.kubernetes.io/control-plane';

const parts = (node: KubeObject) => node as KubeObject & NodeParts;

const internalIps = (node: KubeObject) =>
  (parts(node).status?.addresses ?? []).filter(({ type }) => type === 'InternalIP').map(({ address }) => address);

const isReady = (node: KubeObject) =>
  parts(node).status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;

/** API: `spec.unschedulable` and `spec.taints`; of effects only `PreferNoSchedule` keeps nobody away. */
const takesPods = (node: KubeObject) =>
  parts(node).spec?.unschedulable !== true &&
  (parts(node).spec?.taints ?? []).every(({ effect }) => effect === 'PreferNoSchedule');
/** `status.allocatable`: pods are a number, CPUs a number or thousandths (`1900m`). */
function room(node: KubeObject): Pick<NodeFacts, 'room'> {
  const { pods, cpu } = parts(node).status?.allocatable ?? {};
  if (pods === undefined || cpu === undefined) return {};
  return { room: { pods: Number(pods), cpus: cpu.endsWith('m') ? Number(cpu.slice(0, -1)) / 1000 : Number(cpu) } };
}

/** Families of the nodes' pod ranges; where the plugin keeps those to itself, of the nodes' addresses. IPv4 first. */
function families(nodes: readonly KubeObject[]): readonly IpFamily[] {
  const ranges = nodes.flatMap(nodeCidrs);
  const addresses = ranges.length > 0 ? ranges : nodes.flatMap(internalIps);
  const present = new Set(addresses.map(familyOf));
  return (['IPv4', 'IPv6'] as const).filter((family) => present.has(family));
}
