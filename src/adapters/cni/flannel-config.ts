import { ClusterError } from '../../core/diagnostics/errors.ts';
import type { KubeObject } from '../../ports/cluster.ts';
import type { CniTarget } from './cni-plugin.ts';

/** Flannel's objects for a cluster: its manifest names one IPv4 network, which has to be that of the pods. */
export function flannelForCluster(objects: readonly KubeObject[], target: CniTarget): readonly KubeObject[] {
  if (objects.length === 0) return objects;
  const settings = objects.find(isSettings);
  if (settings === undefined) {
    throw new ClusterError({
      code: 'manifest-invalid',
      message: "Flannel's manifest has no ConfigMap kube-flannel-cfg with net-conf.json",
      hint: 'Use a version that netproof knows: netproof list --cni',
    });
  }
  const network: unknown = { ...JSON.parse(settings.data['net-conf.json']), ...networksOf(target) };
  const data = { ...settings.data, 'net-conf.json': JSON.stringify(network, null, 2) };
  return objects.map((object) => (object === settings ? { ...object, data } : object));
}

/** The ConfigMap that tells flanneld its networks. */
type Settings = KubeObject & { readonly data: Readonly<Record<string, string>> & { readonly 'net-conf.json': string } };

function isSettings(object: KubeObject): object is Settings {
  const { data } = object as { readonly data?: Readonly<Record<string, unknown>> };
  return object.metadata.name === 'kube-flannel-cfg' && typeof data?.['net-conf.json'] === 'string';
}

function networksOf({ ipFamily, podSubnet }: CniTarget): Readonly<Record<string, unknown>> {
  const networks = podSubnet.split(',');
  const ipv4 = networks.find((network) => network.includes('.'));
  const ipv6 = networks.find((network) => network.includes(':'));
  return {
    EnableIPv4: ipFamily !== 'ipv6',
    EnableIPv6: ipFamily !== 'ipv4',
    ...(ipv4 !== undefined && { Network: ipv4 }),
    ...(ipv6 !== undefined && { IPv6Network: ipv6 }),
  };
}
