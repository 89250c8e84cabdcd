import type { CniPlugin } from './cni-plugin.ts';
import { kubeRouterForCluster } from './kube-router-settings.ts';

const namespace = 'kube-system';

/** kube-router as its makers install it with kubeadm: routes and policies, beside kube-proxy. */
export const kubeRouter: CniPlugin = {
  name: 'kube-router',
  title: 'kube-router',
  documentation: 'https://github.com/cloudnativelabs/kube-router/blob/v2.1.0/docs/kubeadm.md',
  recognisedAs: 'kube-router',
  versions: [
    {
      version: 'v2.1.0',
      kubernetes: ['v1.36.4'],
      sha256: '847b9b7a47c31d8e10149f5b4d94c78ea214d1c1d70df1640744ae21b0b9121a',
    },
  ],
  defaultVersion: 'v2.1.0',
  install: {
    from: 'manifest',
    url: (version) =>
      `https://raw.githubusercontent.com/cloudnativelabs/kube-router/${version}/daemonset/kubeadm-kuberouter.yaml`,
    untagged: ['docker.io/cloudnativelabs/kube-router'],
  },
  recipe: 'kube-router',
  kind: {},
  prepare: kubeRouterForCluster,
  agent: { namespace, daemonSet: 'kube-router', container: 'kube-router', labelSelector: 'k8s-app=kube-router' },
  rollouts: [{ apiVersion: 'apps/v1', kind: 'DaemonSet', namespace, name: 'kube-router' }],
  supports: [
    {
      property: '*',
      says: 'the semantics of networking.k8s.io/v1',
      source: 'https://github.com/cloudnativelabs/kube-router/tree/v2.1.0#network-policy-controller----run-firewall',
    },
  ],
  gaps: [],
  verified: false,
};
