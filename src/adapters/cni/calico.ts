import type { AddressPin } from '../../ports/address-pin.ts';
import { calicoForIpFamily } from './calico-ip-family.ts';
import type { CniPlugin } from './cni-plugin.ts';

const namespace = 'kube-system';

/** How Calico's address management is told a pod's addresses (docs.tigera.io, "Use a specific IP address with a pod"). */
export const calicoAddress: AddressPin = (ips) => ({ 'cni.projectcalico.org/ipAddrs': JSON.stringify(ips) });

/** Calico with its usual data plane, iptables, installed from its single manifest. */
export const calico: CniPlugin = {
  name: 'calico',
  title: 'Calico',
  documentation: 'https://docs.tigera.io/calico/latest/getting-started/kubernetes/',
  recognisedAs: 'calico',
  // Kubernetes versions: docs.tigera.io, "System requirements for Kubernetes", as far as kind has a node image.
  versions: [
    {
      version: 'v3.33.0',
      kubernetes: ['v1.37.0', 'v1.36.4', 'v1.35.8'],
      sha256: '2de8f47595fb9c41b3f47d7b767a1f8e72ecf84057af834738ff12689a234da5',
    },
    {
      version: 'v3.32.2',
      kubernetes: ['v1.36.4', 'v1.35.8', 'v1.34.11'],
      sha256: 'a8c828a06a87c629a282ebbc424895b77f3a030251993e41ea400a743675bb02',
    },
    { version: 'v3.31.7', kubernetes: ['v1.35.8', 'v1.34.11'] },
    {
      version: 'v3.28.5',
      kubernetes: [],
      sha256: '206678e7adb2e931bb97385300c408490635616f371941d68468207d6e0f9713',
    },
  ],
  defaultVersion: 'v3.28.5',
  install: {
    from: 'manifest',
    url: (version) => `https://raw.githubusercontent.com/projectcalico/calico/${version}/manifests/calico.yaml`,
  },
  recipe: 'calico',
  kind: {},
  prepare: (objects, { ipFamily }) => calicoForIpFamily(objects, ipFamily),
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
  pinAddress: calicoAddress,
  supports: [
    {
      property: '*',
      says: 'Kubernetes policies hold, beside those of its own or without any',
      source: 'https://docs.tigera.io/calico/latest/network-policy/get-started/calico-policy/calico-network-policy',
    },
  ],
  gaps: [],
  verified: true,
};
