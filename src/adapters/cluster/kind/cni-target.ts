import type { CniTarget } from '../../cni/cni-plugin.ts';
import type { KindConfigFacts } from './kind-config.ts';

/** What a plugin is told of a kind cluster. Nodes know one another by the names of their containers. */
export function cniTarget(name: string, { ipFamily, podSubnet, serviceSubnet }: KindConfigFacts): CniTarget {
  return { ipFamily, podSubnet, serviceSubnet, apiServer: { host: `${name}-control-plane`, port: 6443 } };
}
