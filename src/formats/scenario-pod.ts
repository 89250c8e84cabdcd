import type { JsonPath } from '../core/diagnostics/json-path.ts';
import { parseDuration } from '../core/scenario/duration.ts';
import type { NodeNumber, ScenarioContainer, ScenarioPod } from '../core/scenario/scenario.ts';
import { checkHostNetwork } from './scenario-host-network.ts';
import { checkKubeletProbes } from './scenario-kubelet-probes.ts';
import { type Complain, checkPorts, servedPortOf } from './scenario-ports.ts';
import type { PodForm } from './scenario-schema-pod.ts';

/** Longest that a removed pod may go on, in seconds: the clean-up waits for it. */
const LONGEST_LINGER_S = 60;

/** Where something of a scenario belongs, and where it stands in the file. */
export interface PlaceInFile {
  readonly namespace: string;
  readonly name: string;
  readonly path: JsonPath;
}

/** A pod as the file has it, checked as far as the schema cannot: its ports, and what its image can do. */
export function podOf(
  { namespace, name, path }: PlaceInFile,
  pod: PodForm,
  node: NodeNumber | undefined,
  complain: Complain,
): ScenarioPod {
  const containers = containersOf(pod);
  const ports = [...pod.ports.map(servedPortOf), ...containers.flatMap((container) => container.ports)];
  checkPorts(path, ports, complain);
  if (pod.image === 'idle' && ports.length > 0) {
    complain([...path, 'ports'], 'no ports on an idle pod, which does nothing', 'some');
  }
  if (pod.image !== 'agent' && containers.length > 0) {
    complain([...path, 'containers'], 'more containers in agent pods only', `some on image ${pod.image}`);
  }
  if (pod.hostNetwork) checkHostNetwork(path, ports, complain);
  checkKubeletProbes(path, pod, { namespace, ports }, complain);
  checkEnds(path, pod, complain);
  checkPending(path, pod, complain);
  checkUnready(path, pod, complain);
  const probes = pod.pending ? undefined : probeMethodOf(pod.image);
  if (pod.firstInstant) checkFirstInstant(path, probes, ports, complain);
  else if (probes === 'wget' && ports.length > 0) {
    complain([...path, 'ports'], 'no ports on a pod of the alpine image, which serves nothing', 'some');
  }
  if (pod.identityPage && probes !== undefined) {
    complain([...path, 'identityPage'], 'an identity page on an nginx pod only', `one on image ${pod.image}`);
  }
  const lingersSeconds = pod.lingers === undefined ? undefined : (parseDuration(pod.lingers) ?? 0) / 1_000;
  if (lingersSeconds !== undefined && !isLinger(lingersSeconds)) {
    complain([...path, 'lingers'], `whole seconds from 1 to ${LONGEST_LINGER_S}`, `${pod.lingers}`);
  }
  return {
    ...{ namespace, name, labels: pod.labels, image: pod.image, ports, probes, identityPage: pod.identityPage },
    ...(containers.length > 0 && { containers }),
    ...(node !== undefined && { node }),
    ...(pod.hostNetwork && { hostNetwork: true }),
    ...(pod.ends !== undefined && { ends: pod.ends }),
    ...(pod.takesAddressOf !== undefined && { takesAddressOf: pod.takesAddressOf }),
    ...(pod.dialledAhead && { dialledAhead: true }),
    ...(pod.kubeletProbes !== undefined && { kubeletProbes: pod.kubeletProbes }),
    ...(pod.firstInstant && { firstInstant: true }),
    ...(pod.pending && { pending: true }),
    ...(!pod.ready && { unready: true }),
    ...(lingersSeconds !== undefined && { lingersSeconds }),
  };
}

function checkFirstInstant(
  path: JsonPath,
  probes: ScenarioPod['probes'],
  ports: ScenarioPod['ports'],
  complain: Complain,
): void {
  const image = 'image alpine on a pod that dials from its first instant: others start too slowly';
  if (probes !== 'wget') complain([...path, 'firstInstant'], image, 'another');
  if (ports.some(({ protocol }) => protocol !== 'TCP')) {
    complain([...path, 'ports'], 'TCP ports only on a pod that dials from its first instant', 'others');
  }
}

/** Of a pod with more containers than the agent's the others would go on. */
function checkEnds(path: JsonPath, { ends, image, containers, kubeletProbes }: PodForm, complain: Complain): void {
  if (ends === undefined) return;
  const alone = image === 'agent' && Object.keys(containers).length === 0 && kubeletProbes === undefined;
  if (!alone) complain([...path, 'ends'], 'an end of agent pods of one container only', 'one of another pod');
}

/** What only a pod does, or gets, that starts. */
const STARTED = [
  'lingers',
  'firstInstant',
  'ends',
  'takesAddressOf',
  'dialledAhead',
  'hostNetwork',
  'kubeletProbes',
  'identityPage',
] as const;

function checkPending(path: JsonPath, pod: PodForm, complain: Complain): void {
  if (!pod.pending) return;
  for (const field of STARTED.filter((each) => pod[each] !== undefined && pod[each] !== false)) {
    complain([...path, field], `no \`${field}\` of a pending pod, which never starts`, 'some');
  }
  if (pod.image !== 'agent') complain([...path, 'image'], 'no image of a pending pod, which runs nothing', pod.image);
}

/** What the probes of other kinds come to would not be told from the one that fails; an end would have to wait for its container. */
function checkUnready(
  path: JsonPath,
  { ready, image, pending, ends, kubeletProbes }: PodForm,
  complain: Complain,
): void {
  if (ready) return;
  const at = [...path, 'ready'];
  if (image !== 'agent') complain(at, '`ready: false` of agent pods only', `image ${image}`);
  if (pending) complain(at, 'a pod that starts', 'a pending one');
  if (ends !== undefined) complain(at, 'a pod without an end', 'one with `ends`');
  if (kubeletProbes !== undefined) complain(at, 'a pod without other probes', 'one with `kubeletProbes`');
}

function isLinger(seconds: number): boolean {
  return Number.isInteger(seconds) && seconds >= 1 && seconds <= LONGEST_LINGER_S;
}

function containersOf({ containers }: PodForm): readonly ScenarioContainer[] {
  return Object.entries(containers).map(([name, { sidecar, ports }]) => ({
    ...{ name, sidecar },
    ports: ports.map(servedPortOf),
  }));
}

/** Agents probe by themselves, alpine pods by their wget, others not at all. */
function probeMethodOf(image: string): ScenarioPod['probes'] {
  if (image === 'agent') return 'agent';
  return /^(?:.*\/)?alpine(?:[:@].*)?$/.test(image) ? 'wget' : undefined;
}
