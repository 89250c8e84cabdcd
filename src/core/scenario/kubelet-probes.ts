import type { Cell } from '../matrix/cell.ts';
import { fullName } from '../model/pod-name.ts';
import type { IpFamily } from '../model/protocol.ts';
import type { Scenario, ScenarioPod } from './scenario.ts';

/**
 * How a kubelet asks a pod whether it is well (API: `Container.livenessProbe`, `readinessProbe`): it dials the pod's
 * address, or with `exec` runs a command in it that dials the pod's own loopback address.
 */
export type KubeletProbe = 'http' | 'tcp' | 'grpc' | 'exec';

/** Namespace part of the name under which cells have the kubelet of a pod's node: `kubelet/http`. */
export const KUBELET = 'kubelet';

/** TCP ports that an agent serves for its kubelet; no other port of the pod may be one of them. */
export const KUBELET_PORTS: Readonly<Record<KubeletProbe, number>> = { http: 9101, tcp: 9102, grpc: 9103, exec: 9101 };

/** The kubelet's name as the source of a cell, which says how it asks. */
function kubeletName(probe: KubeletProbe): string {
  return `${KUBELET}/${probe}`;
}

/**
 * What kubelets ask of the pods that want it, by the first of the cluster's families alone, as a kubelet does. It must
 * come through whatever policies say (Network Policies, "The two sorts of pod isolation": traffic between a pod and its
 * node is always allowed). A pod that is being removed is not asked any more.
 */
export function cellsFromKubelet({ pods }: Pick<Scenario, 'pods'>, family: IpFamily): readonly Cell[] {
  return pods.flatMap((pod) => (pod.terminating ? [] : cellsTo(pod, family)));
}

function cellsTo(pod: ScenarioPod, family: IpFamily): readonly Cell[] {
  return (pod.kubeletProbes ?? []).map((probe) => ({
    ...{ from: kubeletName(probe), to: fullName(pod), port: KUBELET_PORTS[probe], protocol: 'TCP' },
    ...{ path: 'kubelet', family, method: 'kubelet' },
  }));
}
