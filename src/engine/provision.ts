import { allOrNone } from '../core/diagnostics/all-or-none.ts';
import { ClusterError } from '../core/diagnostics/errors.ts';
import { fullName } from '../core/model/pod-name.ts';
import type { IpFamily } from '../core/model/protocol.ts';
import type { Scenario, ScenarioPod } from '../core/scenario/scenario.ts';
import { serviceManifest } from '../core/scenario/service-manifest.ts';
import type { AddressPin } from '../ports/address-pin.ts';
import type { Cluster, KubeObject } from '../ports/cluster.ts';
import type { OutsideHosts } from '../ports/outside.ts';
import type { FirstDial, Workloads } from '../ports/workloads.ts';
import { type AddressWishes, claimAddress } from './address-reuse.ts';
import { type LaneNames, RUN_LABEL } from './lane-names.ts';
import { startHosts } from './outside-hosts.ts';
import type { PlacedPod, PlacedService, Topology } from './topology.ts';

/** How long pods may take to be Ready before the scenario is given up, in ms. */
const POD_TIMEOUT_MS = 120_000;
/** How long the API server may take to create a namespace, in ms. */
const NAMESPACE_TIMEOUT_MS = 30_000;
/** How long the default ServiceAccount of a new namespace may take, in ms. Pods are refused before it exists. */
const SERVICE_ACCOUNT_TIMEOUT_MS = 30_000;

/** What provisioning needs besides the scenario. */
export interface ProvisionContext {
  readonly cluster: Cluster;
  readonly workloads: Workloads;
  readonly outside: OutsideHosts;
  readonly names: LaneNames;
  readonly signal: AbortSignal;
  readonly ipFamilies: readonly IpFamily[];
  readonly nodes: readonly string[];
  readonly pinAddress?: AddressPin;
  /** Pods that are to have the address of another that is no more; default none. */
  readonly wishes?: AddressWishes;
  readonly sleep: (ms: number) => Promise<void>;
  readonly onPhase: (phase: string) => void;
  /** What a pod that dials from its first instant is to dial. */
  readonly dialsOf?: (pod: ScenarioPod) => readonly FirstDial[];
}

/**
 * Creates a scenario's namespaces, with the run's label. They exist, with their ServiceAccount, when it resolves. An
 * abort waits for requests under way: one that was given up could make a namespace after the clean-up.
 */
export async function createNamespaces(scenario: Scenario, context: ProvisionContext): Promise<void> {
  context.onPhase('namespaces');
  const names = await allOrNone(scenario.namespaces.map((namespace) => createNamespace(namespace, context)));
  await Promise.all(names.map((name) => serviceAccount(name, context)));
}

async function createNamespace(
  { name: logical, labels }: Scenario['namespaces'][number],
  { cluster, names, signal }: ProvisionContext,
): Promise<string> {
  signal.throwIfAborted();
  const name = names.namespace(logical);
  const metadata = { name, labels: { ...labels, [RUN_LABEL]: names.runId } };
  await cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata }, { timeoutMs: NAMESPACE_TIMEOUT_MS });
  return name;
}

async function serviceAccount(namespace: string, { cluster, signal, sleep }: ProvisionContext): Promise<void> {
  const ref = { apiVersion: 'v1', kind: 'ServiceAccount', namespace, name: 'default' };
  for (let waited = 0; waited < SERVICE_ACCOUNT_TIMEOUT_MS; waited += 100) {
    if (await cluster.get(ref, { signal })) return;
    await sleep(100);
  }
  throw new ClusterError({
    code: 'service-account-missing',
    message: `namespace ${namespace} has had no default ServiceAccount for ${SERVICE_ACCOUNT_TIMEOUT_MS / 1000} s`,
    hint: 'see whether kube-controller-manager runs: kubectl -n kube-system get pods',
  });
}

/** Creates a scenario's pods and Services in its namespaces and resolves with their addresses once all are Ready that start. */
export async function createPods(scenario: Scenario, context: ProvisionContext): Promise<Topology> {
  const { cluster, workloads, names, signal } = context;
  context.onPhase('pods');
  const labels = { [RUN_LABEL]: names.runId };
  const objects = scenario.pods.flatMap((pod, index) =>
    workloads.podObjects(pod, {
      namespace: names.namespace(pod.namespace),
      labels,
      ...placeOf(pod, index, context),
      ...(pod.firstInstant && { dials: context.dialsOf?.(pod) ?? [] }),
    }),
  );
  const dualStack = context.ipFamilies.length > 1;
  const services = scenario.services.map((service) =>
    serviceManifest(service, names.namespace(service.namespace), { dualStack }),
  );
  await applyAll(cluster, [...objects.filter(({ kind }) => kind !== 'Pod'), ...services], signal);
  const pods = objects.filter(({ kind }) => kind === 'Pod');
  const claims = claimsOf(scenario, context);
  const isClaim = ({ metadata: { namespace = '', name } }: KubeObject) => claims.has(fullName({ namespace, name }));
  await applyAll(
    cluster,
    pods.filter((pod) => !isClaim(pod)),
    signal,
  );
  const claimed = pods.filter(isClaim).map(async (pod) => {
    const { namespace = '', name } = pod.metadata;
    await claimAddress(pod, claims.get(fullName({ namespace, name })) ?? [], context);
  });
  await Promise.all(claimed);
  const [placedPods, placedServices, { nodes }] = await Promise.all([
    placePods(scenario, context),
    placeServices(scenario, context),
    cluster.info({ signal }),
  ]);
  const placed = { pods: placedPods, nodes: new Map(nodes.map(({ name, ips }) => [name, ips])) };
  const hosts = await startHosts(scenario, placed, context);
  return { ...placed, pods: new Map([...placedPods, ...hosts]), services: placedServices };
}

/** The addresses that pods, by their real names, are made again and again to get: the plugin cannot be told of them. */
function claimsOf(
  { pods }: Scenario,
  { names, pinAddress, wishes }: ProvisionContext,
): ReadonlyMap<string, readonly string[]> {
  if (pinAddress !== undefined) return new Map();
  return new Map(
    pods.flatMap((pod) => {
      const wish = wishes?.get(fullName(pod));
      const { namespace, name } = pod;
      return wish === undefined ? [] : [[fullName({ namespace: names.namespace(namespace), name }), wish.ips] as const];
    }),
  );
}

/** Where a pod goes: to the place of the one whose address it is to have, which the network plugin is told if it can be. */
function placeOf(
  pod: ScenarioPod,
  index: number,
  context: ProvisionContext,
): Partial<Parameters<Workloads['podObjects']>[1]> {
  const wish = context.wishes?.get(fullName(pod));
  if (wish === undefined) return nodeOf(pod, index, context);
  const annotations = context.pinAddress?.(wish.ips);
  return { ...(wish.node !== '' && { node: wish.node }), ...(annotations !== undefined && { annotations }) };
}

/**
 * The node of a pod that is pinned; a number that the cluster has no node for is the scheduler's: needs tell of it. The
 * others are dealt out to the nodes in turn: the scheduler alone would put them all on the emptiest one, and no
 * connection would ever cross nodes.
 */
function nodeOf(
  { node }: Scenario['pods'][number],
  index: number,
  { nodes }: ProvisionContext,
): { readonly node?: string; readonly preferredNode?: string } {
  const pinned = node === undefined ? undefined : nodes[node - 1];
  if (pinned !== undefined) return { node: pinned };
  const preferredNode = nodes[index % nodes.length];
  return nodes.length < 2 || preferredNode === undefined ? {} : { preferredNode };
}

/** Applies objects at once, one of each name: pods share what they mount. */
async function applyAll(cluster: Cluster, objects: readonly KubeObject[], signal: AbortSignal): Promise<void> {
  const distinct = new Map(
    objects.map((object) => [`${object.kind} ${object.metadata.namespace} ${object.metadata.name}`, object]),
  );
  await Promise.all([...distinct.values()].map((object) => cluster.apply(object, { signal })));
}

/** Waits until all pods of a scenario are Ready but those that never start; resolves with where they are. Rejects with `ClusterError`. */
export async function placePods(
  scenario: Pick<Scenario, 'namespaces' | 'pods'>,
  context: Pick<ProvisionContext, 'cluster' | 'names' | 'signal'>,
): Promise<Map<string, PlacedPod>> {
  const placed = new Map<string, PlacedPod>();
  await Promise.all(
    scenario.namespaces.map(async ({ name: logical }) => {
      const namespace = context.names.namespace(logical);
      const wanted = scenario.pods.filter((pod) => pod.namespace === logical && !pod.pending).map((pod) => pod.name);
      if (wanted.length === 0) return;
      const pods = await context.cluster.waitForPods(namespace, wanted, {
        signal: context.signal,
        timeoutMs: POD_TIMEOUT_MS,
      });
      for (const pod of pods) {
        const name = `${logical}/${pod.metadata.name}`;
        const stated = scenario.pods.find((each) => fullName(each) === name);
        placed.set(name, {
          ...placedPod(pod, namespace),
          ...(stated && answersOf(stated)),
        });
      }
    }),
  );
  return placed;
}

/** How a pod answers, as far as probes have to know it. */
export function answersOf(pod: ScenarioPod): Pick<PlacedPod, 'nameless' | 'payloads'> {
  return { ...(!givesName(pod) && { nameless: true }), payloads: payloadsOf(pod) };
}

function payloadsOf({ ports }: Scenario['pods'][number]): ReadonlyMap<string, number> {
  return new Map(
    ports.flatMap(({ port, protocol, payloadBytes }) =>
      payloadBytes === undefined ? [] : [[`${port}/${protocol}`, payloadBytes] as const],
    ),
  );
}

/** Agents say who they are in every answer, pages where they were given one. */
function givesName({ image, identityPage }: Scenario['pods'][number]): boolean {
  return image === 'agent' || identityPage;
}

function placedPod(pod: KubeObject, namespace: string): PlacedPod {
  const { status, spec } = pod as unknown as {
    readonly status: { readonly podIPs?: readonly { readonly ip: string }[] };
    readonly spec: { readonly nodeName?: string; readonly containers?: readonly { readonly name: string }[] };
  };
  // Of several containers the API server wants the one named; what probes is in the first.
  const container = spec.containers?.[0]?.name;
  return {
    ref: { namespace, name: pod.metadata.name, ...(container !== undefined && { container }) },
    ips: (status.podIPs ?? []).map(({ ip }) => ip),
    node: spec.nodeName ?? '',
  };
}

interface ServiceFields {
  readonly clusterIPs?: readonly string[];
  readonly ports?: readonly { readonly port: number; readonly protocol: string; readonly nodePort?: number }[];
}

async function placeServices(scenario: Scenario, context: ProvisionContext): Promise<Map<string, PlacedService>> {
  const placed = new Map<string, PlacedService>();
  await Promise.all(
    scenario.services.map(async ({ namespace: logical, name }) => {
      const namespace = context.names.namespace(logical);
      const service = await context.cluster.get({ apiVersion: 'v1', kind: 'Service', namespace, name }, context);
      const { clusterIPs = [], ports = [] } = (service?.spec ?? {}) as ServiceFields;
      const nodePorts = ports.map(({ port, protocol, nodePort }) => [`${port}/${protocol}`, nodePort ?? 0] as const);
      placed.set(`${logical}/${name}`, {
        clusterIPs,
        host: `${name}.${namespace}`,
        nodePorts: new Map(nodePorts.filter(([, nodePort]) => nodePort > 0)),
      });
    }),
  );
  return placed;
}
