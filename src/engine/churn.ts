import { ClusterError } from '../core/diagnostics/errors.ts';
import type { Cell } from '../core/matrix/cell.ts';
import { fullName, splitName } from '../core/model/pod-name.ts';
import type { Churn } from '../core/scenario/churn.ts';
import { heldCells } from '../core/scenario/held-cells.ts';
import type { ScenarioPod } from '../core/scenario/scenario.ts';
import type { ChangeTimes, ObjectRef } from '../ports/cluster.ts';
import type { FirstDial } from '../ports/workloads.ts';
import { type AddressWishes, addressWishes, requireWishes, unforeseen } from './address-reuse.ts';
import { detach } from './detach.ts';
import type { Dialling } from './dialling.ts';
import { endPod } from './end-pod.ts';
import { probingPods } from './probing-pods.ts';
import { answersOf, createNamespaces, createPods } from './provision.ts';
import { restartPods } from './restart-pods.ts';
import type { LiveScenario } from './run-step.ts';
import { targetOf } from './target.ts';
import type { PlacedPod, Topology } from './topology.ts';

/** How long something that was removed may take to be gone, in ms. */
const GONE_TIMEOUT_MS = 120_000;
const LOOK_MS = 100;

/**
 * Makes, removes or restarts pods and namespaces of a scenario that runs, and keeps its topology and its session in step. Resolves
 * when what was made is ready and probes, what was removed is gone, or one that lingers is Terminating.
 */
export async function applyChurn(change: Churn, live: LiveScenario, dialling: Dialling): Promise<ChangeTimes> {
  switch (change.kind) {
    case 'create':
      return create(change, live, dialling);
    case 'remove-pod':
      return removePod(change, live);
    case 'end-pod':
      return endPod(change, live);
    case 'restart-pods':
      return restartPods(change, live, dialling.ahead);
    case 'remove-namespace': {
      const { clock, cluster, names, signal, topology } = live;
      const inside = (name: string) => splitName(name).namespace === change.namespace;
      await detach([...topology.pods.keys()].filter(inside), live);
      for (const name of [...topology.services.keys()].filter(inside)) topology.services.delete(name);
      const ref = { apiVersion: 'v1', kind: 'Namespace', name: names.namespace(change.namespace) };
      const { sentMs } = await cluster.delete(ref, { signal });
      await gone(ref, live);
      return { sentMs, answeredMs: clock.now() };
    }
  }
}

async function create(
  change: Extract<Churn, { kind: 'create' }>,
  live: LiveScenario,
  { cells, ahead }: Dialling,
): Promise<ChangeTimes> {
  const { scenario, clock, names, session, signal, topology } = live;
  const pods = change.pods.map(({ namespace, name }) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    namespace: names.namespace(namespace),
    name,
  }));
  // To apply to one that is still going would change that one.
  await Promise.all(pods.map((ref) => gone(ref, live)));
  const wishes = addressWishes(change.pods, live.left);
  const known = foreseen(change.pods, wishes, live);
  const held = new Set(heldCells(cells, scenario));
  const dials = new Map(change.pods.map((pod) => [pod, dialsOf(pod, cells, held, topology)]));
  for (const [name, pod] of known) topology.pods.set(name, pod);
  if (known.size > 0) await ahead([...known.keys()], change.pods.map(fullName));
  const sentMs = clock.now();
  const made = { ...scenario, ...change, outside: [] };
  const provision = {
    ...live,
    wishes,
    onPhase: () => {},
    sleep: (ms: number) => clock.sleep(ms, signal),
    dialsOf: (pod: ScenarioPod) => dials.get(pod) ?? [],
  };
  await createNamespaces(made, provision);
  const placed = await createPods({ ...made, namespaces: scenario.namespaces }, provision);
  for (const [name, pod] of placed.pods) topology.pods.set(name, pod);
  requireWishes(wishes, placed.pods);
  for (const [name, service] of placed.services) topology.services.set(name, service);
  for (const pod of change.pods) live.created.set(pod, topology.pods.get(fullName(pod))?.ips ?? []);
  await session.attach(probingPods(made, topology));
  return { sentMs, answeredMs: clock.now() };
}

/** Where pods will be that are dialled ahead. Throws `ClusterError` `address-not-had` where the plugin cannot be told. */
function foreseen(
  pods: readonly ScenarioPod[],
  wishes: AddressWishes,
  { names, pinAddress }: Pick<LiveScenario, 'names' | 'pinAddress'>,
): ReadonlyMap<string, PlacedPod> {
  const ahead = pods.filter(({ dialledAhead }) => dialledAhead);
  return new Map(
    ahead.flatMap((pod) => {
      const { namespace, name } = pod;
      const wish = wishes.get(fullName(pod));
      if (wish === undefined) return [];
      if (pinAddress === undefined) throw unforeseen(fullName(pod), wish);
      const { ips, node } = wish;
      const ref = { namespace: names.namespace(namespace), name };
      return [[fullName(pod), { ref, ips, node, ...answersOf(pod) }] as const];
    }),
  );
}

function dialsOf(
  pod: ScenarioPod,
  cells: readonly Cell[],
  held: ReadonlySet<Cell>,
  topology: Topology,
): readonly FirstDial[] {
  const { pods, services } = topology;
  return cells
    .filter(({ from, to, path }) => from === fullName(pod) && (path === 'pod-ip' ? pods : services).has(to))
    .map((cell) => ({ port: cell.port, ...targetOf(cell, topology, []), ...(held.has(cell) && { hold: true }) }));
}

async function removePod(
  { pod, lingers, graceSeconds }: Extract<Churn, { kind: 'remove-pod' }>,
  live: LiveScenario,
): Promise<ChangeTimes> {
  const { clock, cluster, names, signal } = live;
  const { namespace, name } = splitName(pod);
  const ref = { apiVersion: 'v1', kind: 'Pod', namespace: names.namespace(namespace), name };
  if (!lingers) await detach([pod], live);
  const times = await cluster.delete(ref, { signal, ...(graceSeconds !== undefined && { graceSeconds }) });
  if (lingers) return times;
  await gone(ref, live);
  return { sentMs: times.sentMs, answeredMs: clock.now() };
}

async function gone(ref: ObjectRef, { cluster, clock, signal }: LiveScenario): Promise<void> {
  const lastMs = clock.now() + GONE_TIMEOUT_MS;
  while ((await cluster.get(ref, { signal })) !== undefined) {
    if (clock.now() > lastMs) {
      throw new ClusterError({
        code: 'removal-slow',
        message: `${ref.kind} ${ref.name} is still there ${GONE_TIMEOUT_MS / 1_000} s after it was removed`,
        hint: `see what holds it: kubectl describe ${ref.kind.toLowerCase()} ${ref.name}`,
      });
    }
    await clock.sleep(LOOK_MS, signal);
  }
}
