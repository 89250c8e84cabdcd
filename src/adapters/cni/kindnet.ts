import type { CniPlugin } from './cni-plugin.ts';

const namespace = 'kube-system';

/** kindnet, which kind itself installs from its node image: its version is that of kind. */
export const kindnet: CniPlugin = {
  name: 'kindnet',
  title: "kindnet, kind's default",
  documentation: 'https://kind.sigs.k8s.io/docs/user/configuration/#disable-default-cni',
  recognisedAs: 'kindnet',
  versions: [{ version: '', kubernetes: ['v1.37.0', 'v1.36.4', 'v1.35.8', 'v1.34.11'] }],
  defaultVersion: '',
  install: { from: 'node-image' },
  kind: {},
  prepare: (objects) => objects,
  agent: { namespace, daemonSet: 'kindnet', container: 'kindnet-cni', labelSelector: 'app=kindnet' },
  rollouts: [{ apiVersion: 'apps/v1', kind: 'DaemonSet', namespace, name: 'kindnet' }],
  supports: [
    {
      property: '*',
      says: 'Kubernetes policies are implemented by kube-network-policies',
      source: 'https://kindnet.es/docs/user/network-policies',
    },
  ],
  gaps: [],
  verified: false,
};
