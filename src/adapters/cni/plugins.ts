import { antrea } from './antrea.ts';
import { calico } from './calico.ts';
import { calicoEbpf } from './calico-ebpf.ts';
import { calicoNftables } from './calico-nftables.ts';
import { cilium } from './cilium.ts';
import type { CniPlugin } from './cni-plugin.ts';
import { flannel } from './flannel.ts';
import { kindnet } from './kindnet.ts';
import { kubeRouter } from './kube-router.ts';

/** Every plugin that netproof can install. */
export const plugins: readonly CniPlugin[] = [
  calico,
  calicoNftables,
  calicoEbpf,
  cilium,
  antrea,
  kubeRouter,
  kindnet,
  flannel,
];

/** The description of a plugin by its name; undefined for one that netproof cannot install. */
export function pluginNamed(name: string): CniPlugin | undefined {
  return plugins.find((plugin) => plugin.name === name);
}
