import { systemClock } from '../../../src/adapters/system-clock.ts';
import type { Cluster, KubeObject } from '../../../src/ports/cluster.ts';
import { type FaultyPort, withFaultProxy } from '../fault-proxy/fault-pod.ts';

/** How a cluster's dataplane is broken. */
export interface Faults {
  /** Name of the pod whose ports are faulty. */
  readonly pod: string;
  readonly ports: readonly FaultyPort[];
  /** Ports that policies close in vain. */
  readonly unenforced: readonly { readonly port: number; readonly protocol: 'TCP' | 'UDP' }[];
  /** What else breaks then, given the pod as it runs. */
  readonly breaks?: (pod: KubeObject) => Promise<void>;
}

/**
 * A cluster that becomes faulty while a policy is applied, and works until then: the pod stands behind a fault proxy,
 * and every ingress rule that is applied lets the unenforced ports in too.
 */
export function faultyCluster(cluster: Cluster, faults: Faults): Cluster {
  return {
    ...cluster,
    // A pod with two containers is not entered without saying which.
    exec: (pod, command, options) => cluster.exec({ container: 'main', ...pod }, command, options),
    apply: async (object, options) => {
      if (object.kind === 'Pod' && object.metadata.name === faults.pod) {
        return cluster.apply(withFaultProxy(object, faults.ports), options);
      }
      if (object.kind !== 'NetworkPolicy') return cluster.apply(object, options);
      const sentMs = systemClock.now();
      const namespace = object.metadata.namespace!;
      await breakDown(cluster, namespace, faults.pod);
      const pod = await cluster.get({ apiVersion: 'v1', kind: 'Pod', namespace, name: faults.pod });
      if (pod !== undefined) await faults.breaks?.(pod);
      const { answeredMs } = await cluster.apply(withHoles(object, faults.unenforced), options);
      return { sentMs, answeredMs };
    },
  };
}

async function breakDown(cluster: Cluster, namespace: string, name: string): Promise<void> {
  const proxy = { namespace, name, container: 'fault-proxy' };
  const { end, stderr } = await cluster.run(proxy, ['sh', '-c', 'kill -USR2 1']);
  if (end.kind !== 'exited' || end.code !== 0) throw new Error(`the fault proxy cannot be signalled: ${stderr}`);
}

/** The policy with one rule more, which lets everybody in at these ports. */
function withHoles(policy: KubeObject, ports: Faults['unenforced']): KubeObject {
  const spec = policy.spec as { readonly ingress: readonly object[] };
  return { ...policy, spec: { ...spec, ingress: [...spec.ingress, { ports }] } };
}
