import { calico, calicoAddress } from './calico.ts';
import { withNodeEnv } from './calico-node-env.ts';
import type { CniPlugin } from './cni-plugin.ts';

/** Calico with its nftables data plane, which wants kube-proxy to use nftables too. */
export const calicoNftables: CniPlugin = {
  name: 'calico-nftables',
  title: 'Calico, nftables data plane',
  documentation: 'https://docs.tigera.io/calico/latest/getting-started/kubernetes/nftables',
  recognisedAs: calico.recognisedAs,
  versions: calico.versions.filter(({ version }) => version !== calico.defaultVersion),
  defaultVersion: 'v3.33.0',
  install: calico.install,
  // From a checkout; the release that can be built from Go modules has no such data plane.
  recipe: 'calico',
  kind: { kubeProxyMode: 'nftables' },
  prepare: (objects, target) => withNodeEnv(calico.prepare(objects, target), { FELIX_NFTABLESMODE: 'Enabled' }),
  pinAddress: calicoAddress,
  agent: calico.agent,
  ...(calico.controller && { controller: calico.controller }),
  rollouts: calico.rollouts,
  supports: calico.supports,
  gaps: [],
  verified: false,
};
