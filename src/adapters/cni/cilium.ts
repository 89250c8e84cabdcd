import type { CniPlugin } from './cni-plugin.ts';

const namespace = 'kube-system';
const policyPage = 'https://docs.cilium.io/en/stable/network/kubernetes/policy/';

/** Cilium as its makers install it on kind, beside kube-proxy, without what observes traffic or reads HTTP. */
export const cilium: CniPlugin = {
  name: 'cilium',
  title: 'Cilium',
  documentation: 'https://docs.cilium.io/en/stable/installation/kind/',
  recognisedAs: 'cilium',
  versions: [
    {
      version: 'v1.20.2',
      kubernetes: ['v1.36.4', 'v1.35.8'],
      sha256: 'b2afd87b7f75f875f92a14559f14f59b7babbb479d968e3fd625a20bf30ec20e',
    },
    {
      version: 'v1.19.6',
      kubernetes: ['v1.35.8', 'v1.34.11'],
      sha256: '21c43cf53841f9ab0375047d95aa4c64051ea52bbd2c679416e6408f5f1c9179',
    },
  ],
  defaultVersion: 'v1.20.2',
  install: {
    from: 'chart',
    url: (version) => `https://helm.cilium.io/cilium-${version.replace(/^v/, '')}.tgz`,
    namespace,
    values: ({ ipFamily }) => ({
      'ipam.mode': 'kubernetes',
      // Images get onto the nodes by name; the run's record holds their digests.
      'image.useDigest': false,
      'operator.image.useDigest': false,
      'operator.replicas': 1,
      'hubble.enabled': false,
      'envoy.enabled': false,
      'ipv4.enabled': ipFamily !== 'ipv6',
      'ipv6.enabled': ipFamily !== 'ipv4',
    }),
  },
  kind: {},
  prepare: (objects) => objects,
  agent: { namespace, daemonSet: 'cilium', container: 'cilium-agent', labelSelector: 'k8s-app=cilium' },
  controller: {
    namespace,
    deployment: 'cilium-operator',
    container: 'cilium-operator',
    labelSelector: 'name=cilium-operator',
  },
  rollouts: [
    { apiVersion: 'apps/v1', kind: 'DaemonSet', namespace, name: 'cilium' },
    { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: 'cilium-operator' },
  ],
  supports: [
    { property: '*', says: 'policies of layers 3 and 4, ingress and egress, but for the gaps', source: policyPage },
  ],
  gapsAt: policyPage,
  gaps: [
    {
      property: 'ip-block',
      says: 'ipBlock matches no addresses of pods and nodes, unless policyCIDRMatchMode says so',
      source: policyPage,
    },
    {
      property: 'except',
      says: 'ipBlock matches no addresses of pods and nodes, unless policyCIDRMatchMode says so',
      source: policyPage,
    },
    {
      property: 'sctp',
      says: 'SCTP is off unless sctp.enabled is set (beta)',
      source: 'https://docs.cilium.io/en/stable/configuration/sctp/',
    },
  ],
  verified: false,
};
