import type { CniPlugin } from './cni-plugin.ts';
import { flannelForCluster } from './flannel-config.ts';

const namespace = 'kube-flannel';

/** Flannel, which connects pods and enforces no policy: the control that shows that netproof turns red. */
export const flannel: CniPlugin = {
  name: 'flannel',
  title: 'Flannel',
  documentation: 'https://github.com/flannel-io/flannel#deploying-flannel-with-kubectl',
  recognisedAs: 'flannel',
  versions: [
    {
      version: 'v0.28.10',
      kubernetes: ['v1.36.4'],
      sha256: '944a3c1f925f117727a1b7272a323c80965da642498397ec7e6ea9bef0f9e6c5',
    },
  ],
  defaultVersion: 'v0.28.10',
  install: {
    from: 'manifest',
    url: (version) => `https://raw.githubusercontent.com/flannel-io/flannel/${version}/Documentation/kube-flannel.yml`,
  },
  recipe: 'flannel',
  kind: { cniPrograms: ['bridge'] },
  prepare: flannelForCluster,
  agent: { namespace, daemonSet: 'kube-flannel-ds', container: 'kube-flannel', labelSelector: 'app=flannel' },
  rollouts: [{ apiVersion: 'apps/v1', kind: 'DaemonSet', namespace, name: 'kube-flannel-ds' }],
  supports: [],
  gapsAt: 'https://github.com/flannel-io/flannel#networking-details',
  gaps: [
    {
      property: '*',
      says: 'Flannel connects pods and leaves NetworkPolicy to others',
      source: 'https://github.com/flannel-io/flannel#networking-details',
    },
  ],
  verified: true,
};
