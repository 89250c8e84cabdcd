import { calicoForIpFamily } from './calico-ip-family.ts';
import type { CniPlugin } from './cni-plugin.ts';

const namespace = 'kube-system';

/** Calico, installed from its single manifest (https://docs.tigera.io/calico/latest/getting-started/kubernetes/). */
export const calico: CniPlugin = {
  name: 'calico',
  defaultVersion: 'v3.28.5',
  manifestUrl: (version) => `https://raw.githubusercontent.com/projectcalico/calico/${version}/manifests/calico.yaml`,
  forIpFamily: calicoForIpFamily,
  agent: { namespace, daemonSet: 'calico-node', container: 'calico-node', labelSelector: 'k8s-app=calico-node' },
  controller: {
    namespace,
    deployment: 'calico-kube-controllers',
    container: 'calico-kube-controllers',
    labelSelector: 'k8s-app=calico-kube-controllers',
  },
  rollouts: [
    { apiVersion: 'apps/v1', kind: 'DaemonSet', namespace, name: 'calico-node' },
    { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: 'calico-kube-controllers' },
  ],
};
