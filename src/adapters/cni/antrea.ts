import type { CniPlugin } from './cni-plugin.ts';

const namespace = 'kube-system';

/** Antrea from its single manifest. The machine's kernel needs the module openvswitch. */
export const antrea: CniPlugin = {
  name: 'antrea',
  title: 'Antrea',
  documentation: 'https://github.com/antrea-io/antrea/blob/main/docs/kind.md',
  recognisedAs: 'antrea',
  versions: [
    { version: 'v2.7.0', kubernetes: ['v1.36.4', 'v1.35.8'] },
    { version: 'v2.6.2', kubernetes: ['v1.35.8', 'v1.34.11'] },
  ],
  defaultVersion: 'v2.7.0',
  install: {
    from: 'manifest',
    url: (version) => `https://github.com/antrea-io/antrea/releases/download/${version}/antrea.yml`,
  },
  kind: {},
  prepare: (objects) => objects,
  agent: {
    namespace,
    daemonSet: 'antrea-agent',
    container: 'antrea-agent',
    labelSelector: 'app=antrea,component=antrea-agent',
  },
  controller: {
    namespace,
    deployment: 'antrea-controller',
    container: 'antrea-controller',
    labelSelector: 'app=antrea,component=antrea-controller',
  },
  rollouts: [
    { apiVersion: 'apps/v1', kind: 'DaemonSet', namespace, name: 'antrea-agent' },
    { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: 'antrea-controller' },
  ],
  supports: [
    {
      property: '*',
      says: 'standard policies secure ingress and egress of pods',
      source: 'https://github.com/antrea-io/antrea/blob/main/docs/antrea-network-policy.md',
    },
  ],
  gaps: [],
  verified: false,
};
