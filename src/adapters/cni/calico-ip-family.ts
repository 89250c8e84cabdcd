import type { ClusterIpFamily } from '../../core/model/protocol.ts';
import type { KubeObject } from '../../ports/cluster.ts';
import { withNodeEnv } from './calico-node-env.ts';

/** The part of Calico's ConfigMap that differs between IP families. */
interface Settings {
  readonly data?: Readonly<Record<string, string>>;
}

/** Environment of calico-node besides the manifest's (https://docs.tigera.io/calico/latest/networking/ipam/ipv6). */
const ipv6 = {
  IP6: 'autodetect',
  FELIX_IPV6SUPPORT: 'true',
  CALICO_IPV6POOL_NAT_OUTGOING: 'true',
} as const;

/** Without an IPv4 address the router id, which BGP wants, is made of the node's name. */
const onlyIpv6 = { IP: 'none', CALICO_ROUTER_ID: 'hash' } as const;

/** Without BGP, routes between nodes are made for pools with VXLAN only. */
const withoutBgp = { CALICO_IPV6POOL_VXLAN: 'CrossSubnet' } as const;

/** Calico's manifest, which is IPv4 as published, for another family. */
export function calicoForIpFamily(objects: readonly KubeObject[], family: ClusterIpFamily): readonly KubeObject[] {
  if (family === 'ipv4') return objects;
  const settings = objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'calico-config');
  const backend = (settings as (KubeObject & Settings) | undefined)?.data?.calico_backend;
  const env = {
    ...ipv6,
    ...(family === 'ipv6' && onlyIpv6),
    ...(backend === 'vxlan' && withoutBgp),
  };
  return withNodeEnv(objects, env).map((object) => withAddresses(object, family));
}

/** The plugin's configuration is a template, not yet JSON: placeholders in it have no quotes. */
function withAddresses(object: KubeObject & Settings, family: 'ipv6' | 'dual'): KubeObject {
  const template = object.data?.cni_network_config;
  if (object.kind !== 'ConfigMap' || template === undefined) return object;
  const assign = `"assign_ipv4": "${family === 'dual'}", "assign_ipv6": "true"`;
  const cni_network_config = template.replace(/("type"\s*:\s*"calico-ipam")/, `$1, ${assign}`);
  return { ...object, data: { ...object.data, cni_network_config } };
}
