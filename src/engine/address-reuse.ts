import { ClusterError } from '../core/diagnostics/errors.ts';
import { fullName } from '../core/model/pod-name.ts';
import type { ScenarioPod } from '../core/scenario/scenario.ts';
import type { Cluster, KubeObject } from '../ports/cluster.ts';
import type { PlacedPod } from './topology.ts';

/** How often a pod is made, where its address cannot be asked for, until it gets the one that is wanted. */
const TRIES = 20;
/** How long a new pod may be without an address, in ms. */
const ADDRESS_TIMEOUT_MS = 60_000;
const LOOK_MS = 100;

/** Code of the error that says that a pod did not get another's address: the scenario is skipped then. */
export const ADDRESS_NOT_HAD = 'address-not-had';

/** New pods that are to have another's address, by their names, with where that one was. */
export type AddressWishes = ReadonlyMap<string, PlacedPod>;

/** What is wished for these pods; `left` are the places of pods that are no more. */
export function addressWishes(pods: readonly ScenarioPod[], left: ReadonlyMap<string, PlacedPod>): AddressWishes {
  return new Map(
    pods.flatMap((pod) => {
      const former = pod.takesAddressOf === undefined ? undefined : left.get(pod.takesAddressOf);
      return former === undefined ? [] : [[fullName(pod), former] as const];
    }),
  );
}

/** Throws `ClusterError` `address-not-had` where a pod has not the address that is wished for it. */
export function requireWishes(wishes: AddressWishes, placed: ReadonlyMap<string, PlacedPod>): void {
  for (const [name, { ips }] of wishes) {
    const got = placed.get(name)?.ips ?? [];
    if (!isSame(got, ips)) throw notHad(name, ips, `got ${got.join(', ') || 'none'}`);
  }
}

/** What making a pod again and again takes. */
interface ClaimContext {
  readonly cluster: Cluster;
  readonly signal: AbortSignal;
  readonly sleep: (ms: number) => Promise<void>;
}

/**
 * Makes a pod again and again until the network plugin happens to give it these addresses. Rejects with `ClusterError`
 * `address-not-had` after some tries; the last pod stands then.
 */
export async function claimAddress(pod: KubeObject, ips: readonly string[], context: ClaimContext): Promise<void> {
  const { cluster, signal, sleep } = context;
  const { name, namespace = '' } = pod.metadata;
  const ref = { apiVersion: 'v1', kind: 'Pod', namespace, name };
  for (let tries = 1; ; tries += 1) {
    await cluster.apply(pod, { signal });
    if (isSame(await addressesOf(ref, context), ips)) return;
    if (tries === TRIES) throw notHad(name, ips, `not in ${TRIES} tries, and the network plugin cannot be told`);
    await cluster.delete(ref, { signal, graceSeconds: 0 });
    while ((await cluster.get(ref, { signal })) !== undefined) await sleep(LOOK_MS);
  }
}

async function addressesOf(
  ref: Parameters<Cluster['get']>[0],
  { cluster, signal, sleep }: ClaimContext,
): Promise<readonly string[]> {
  for (let waitedMs = 0; waitedMs < ADDRESS_TIMEOUT_MS; waitedMs += LOOK_MS) {
    const pod = await cluster.get(ref, { signal });
    const { podIPs = [] } = (pod?.status ?? {}) as { readonly podIPs?: readonly { readonly ip: string }[] };
    if (podIPs.length > 0) return podIPs.map(({ ip }) => ip);
    await sleep(LOOK_MS);
  }
  return [];
}

/** Of a pod that is to be dialled before it is there, where nobody knows whether it will have the address. */
export function unforeseen(pod: string, { ips }: PlacedPod): ClusterError {
  return notHad(pod, ips, 'it is dialled ahead, and the network plugin cannot be told its address');
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((ip) => b.includes(ip));
}

function notHad(pod: string, ips: readonly string[], what: string): ClusterError {
  return new ClusterError({
    code: ADDRESS_NOT_HAD,
    message: `pod ${pod} did not get the address ${ips.join(', ')}: ${what}`,
    hint: 'use a network plugin that can be told the address of a pod, such as Calico',
  });
}
