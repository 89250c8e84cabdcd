import type { KubeObject } from '../../ports/cluster.ts';
import type { CniPlugin } from './cni-plugin.ts';

/** The parts of Calico's DaemonSet and ConfigMap that differ between IP families. */
interface Parts {
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: { readonly template: { readonly spec: { readonly containers: readonly Container[] } } };
}

interface Container {
  readonly name: string;
  readonly env?: readonly { readonly name: string; readonly [field: string]: unknown }[];
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
export const calicoForIpFamily: CniPlugin['forIpFamily'] = (objects, family) => {
  if (family === 'ipv4') return objects;
  const settings = objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'calico-config');
  const backend = (settings as (KubeObject & Parts) | undefined)?.data?.calico_backend;
  const env = {
    ...ipv6,
    ...(family === 'ipv6' && onlyIpv6),
    ...(backend === 'vxlan' && withoutBgp),
  };
  return objects.map((object) => withAddresses(withEnv(object, env), family));
};

function withEnv(object: KubeObject & Parts, env: Readonly<Record<string, string>>): KubeObject {
  if (object.kind !== 'DaemonSet' || object.metadata.name !== 'calico-node' || object.spec === undefined) return object;
  const { template } = object.spec;
  const containers = template.spec.containers.map((container) =>
    container.name === 'calico-node'
      ? {
          ...container,
          env: [
            ...(container.env ?? []).filter(({ name }) => !(name in env)),
            ...Object.entries(env).map(([name, value]) => ({ name, value })),
          ],
        }
      : container,
  );
  return { ...object, spec: { ...object.spec, template: { ...template, spec: { ...template.spec, containers } } } };
}

/** The plugin's configuration is a template, not yet JSON: placeholders in it have no quotes. */
function withAddresses(object: KubeObject & Parts, family: 'ipv6' | 'dual'): KubeObject {
  const template = object.data?.cni_network_config;
  if (object.kind !== 'ConfigMap' || template === undefined) return object;
  const assign = `"assign_ipv4": "${family === 'dual'}", "assign_ipv6": "true"`;
  const cni_network_config = template.replace(/("type"\s*:\s*"calico-ipam")/, `$1, ${assign}`);
  return { ...object, data: { ...object.data, cni_network_config } };
}
