import { rootImage } from './debian/root-image.ts';
import type { BuildContext } from './steps/build-step.ts';
import type { ImageStep } from './steps/image-step.ts';

/** What a node runs besides Kubernetes and containerd, as kind's own base image has it. */
const nodePackages = [
  'systemd',
  'systemd-sysv',
  'dbus',
  'conntrack',
  'iptables',
  'nftables',
  'ipset',
  'iproute2',
  'ethtool',
  'util-linux',
  'mount',
  'kmod',
  'libseccomp2',
  'ca-certificates',
  'procps',
  'runc',
  'jq',
  'curl',
  'bash',
  'socat',
];

/** What kube-proxy, calico/node (runit and below) and nginx call or are: one root for all, which nodes store once. */
const smallPackages = [
  'iptables',
  'nftables',
  'ipset',
  'conntrack',
  'iproute2',
  'kmod',
  'procps',
  'runit',
  'net-tools',
  'netbase',
  'nginx-light',
];

/** The Debian systems that images stand on. */
export interface RootImages {
  /** With systemd, for nodes. */
  readonly node: ImageStep;
  /** For everything else that is not a lone program. */
  readonly small: ImageStep;
}

/** Root file systems of this machine's Debian release. */
export const rootImages = (context: BuildContext, codename: string): RootImages => {
  const root = (name: string, packages: readonly string[]): ImageStep =>
    rootImage(context, { name, title: `Debian root file system (${name})`, packages, codename });
  return { node: root('root-node', nodePackages), small: root('root-small', smallPackages) };
};
