import type { JsonPath } from '../core/diagnostics/json-path.ts';
import { KUBELET, KUBELET_PORTS } from '../core/scenario/kubelet-probes.ts';
import type { ServedPort } from '../core/scenario/scenario.ts';
import type { Complain } from './scenario-ports.ts';
import type { PodForm } from './scenario-schema-pod.ts';

/** Reports kubelet probes of pods that cannot answer them, twice the same, and names and ports that stand for them. */
export function checkKubeletProbes(
  path: JsonPath,
  { kubeletProbes, image, hostNetwork }: PodForm,
  { namespace, ports }: { readonly namespace: string; readonly ports: readonly ServedPort[] },
  complain: Complain,
): void {
  if (kubeletProbes === undefined) return;
  const at = [...path, 'kubeletProbes'];
  if (image !== 'agent') complain(at, 'kubelet probes of agent pods only', `some of image ${image}`);
  if (hostNetwork) complain(at, "kubelet probes of pods on the pods' network", "some of one on its node's network");
  if (new Set(kubeletProbes).size < kubeletProbes.length) {
    complain(at, 'each kind of probe once', kubeletProbes.join(', '));
  }
  if (namespace === KUBELET) {
    complain(at, `another namespace than "${KUBELET}", which kubelets have in patterns`, `"${KUBELET}"`);
  }
  const taken = [...new Set(kubeletProbes.map((probe) => KUBELET_PORTS[probe]))];
  const meeting = ports.find(({ port, protocol }) => protocol === 'TCP' && taken.includes(port));
  if (meeting !== undefined) {
    complain([...path, 'ports'], `other ports than those for the kubelet (${taken.join(', ')})`, String(meeting.port));
  }
}
