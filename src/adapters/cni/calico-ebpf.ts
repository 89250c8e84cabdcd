import type { KubeObject } from '../../ports/cluster.ts';
import { calico, calicoAddress } from './calico.ts';
import { withNodeEnv } from './calico-node-env.ts';
import type { CniPlugin, CniTarget } from './cni-plugin.ts';

/** Calico with its eBPF data plane, which does the work of kube-proxy and so has to be told where the API server is. */
export const calicoEbpf: CniPlugin = {
  name: 'calico-ebpf',
  title: 'Calico, eBPF data plane',
  documentation: 'https://docs.tigera.io/calico/latest/operations/ebpf/enabling-ebpf',
  recognisedAs: calico.recognisedAs,
  versions: calico.versions.filter(({ version }) => version !== calico.defaultVersion),
  defaultVersion: 'v3.33.0',
  install: calico.install,
  kind: { kubeProxyMode: 'none' },
  prepare: (objects, target) => [
    endpoint(target),
    ...withNodeEnv(calico.prepare(objects, target), { FELIX_BPFENABLED: 'true' }),
  ],
  pinAddress: calicoAddress,
  agent: calico.agent,
  ...(calico.controller && { controller: calico.controller }),
  rollouts: calico.rollouts,
  supports: calico.supports,
  gaps: [],
  verified: false,
};

function endpoint({ apiServer: { host, port } }: CniTarget): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'kubernetes-services-endpoint', namespace: calico.agent.namespace },
    data: { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: String(port) },
  };
}
