import { ClusterError } from '../../core/diagnostics/errors.ts';
import type { ClusterIpFamily } from '../../core/model/protocol.ts';
import type { KubeObject } from '../../ports/cluster.ts';
import type { CniTarget } from './cni-plugin.ts';

/** What gives pods ports of their node, as kube-router's own manifest for host ports has it. */
const portmap = { type: 'portmap', capabilities: { snat: true, portMappings: true } };

/** It then logs what it hears of pods and policies, and when it writes its rules: evidence of a failure needs that. */
const verbosity = '--v=2';

/** kube-router's manifest, which is IPv4 as published, knows neither host ports nor hairpins and logs next to nothing, for this cluster. */
export function kubeRouterForCluster(
  objects: readonly KubeObject[],
  { ipFamily, serviceSubnet }: CniTarget,
): readonly KubeObject[] {
  if (objects.length === 0) return objects;
  if (!objects.some(isSettings)) {
    throw new ClusterError({
      code: 'manifest-invalid',
      message: "kube-router's manifest has no ConfigMap kube-router-cfg with cni-conf.json",
      hint: 'Use a version that netproof knows: netproof list --cni',
    });
  }
  const added = [verbosity, ...argumentsFor(ipFamily, serviceSubnet)];
  return objects.map((object) =>
    isSettings(object) ? withHostPortsAndHairpins(object) : withArguments(object, added),
  );
}

/** The ConfigMap with the configuration that the container runtime reads. */
type Settings = KubeObject & { readonly data: Readonly<Record<string, string>> & { readonly 'cni-conf.json': string } };

interface CniProgram {
  readonly type?: string;
}

function isSettings(object: KubeObject): object is Settings {
  const { data } = object as { readonly data?: Readonly<Record<string, unknown>> };
  return object.metadata.name === 'kube-router-cfg' && typeof data?.['cni-conf.json'] === 'string';
}

/** Without hairpins a pod does not reach itself through its own Service (docs/user-guide.md of kube-router, "Hairpin Mode"). */
function withHostPortsAndHairpins(settings: Settings): KubeObject {
  const config = JSON.parse(settings.data['cni-conf.json']) as { readonly plugins: readonly CniProgram[] };
  const plugins = config.plugins.map((plugin) =>
    plugin.type === 'bridge' ? { ...plugin, hairpinMode: true } : plugin,
  );
  const text = JSON.stringify({ ...config, plugins: [...plugins, portmap] }, null, 2);
  return { ...settings, data: { ...settings.data, 'cni-conf.json': text } };
}

/** See https://github.com/cloudnativelabs/kube-router/blob/v2.1.0/docs/ipv6.md. A router id is made of an IPv4 address, else it is to be given. */
function argumentsFor(family: ClusterIpFamily, serviceSubnet: string): readonly string[] {
  const services = serviceSubnet.split(',').map((subnet) => `--service-cluster-ip-range=${subnet}`);
  if (family === 'ipv4') return services;
  return [
    ...services,
    '--enable-ipv6=true',
    ...(family === 'ipv6' ? ['--enable-ipv4=false', '--router-id=generate'] : []),
  ];
}

interface DaemonSet {
  readonly spec?: { readonly template: { readonly spec: { readonly containers: readonly Container[] } } };
}

interface Container {
  readonly args?: readonly string[];
}

function withArguments(object: KubeObject & DaemonSet, added: readonly string[]): KubeObject {
  if (object.kind !== 'DaemonSet' || object.spec === undefined) return object;
  const { template } = object.spec;
  const containers = template.spec.containers.map((container) => ({
    ...container,
    args: [...(container.args ?? []), ...added],
  }));
  return { ...object, spec: { ...object.spec, template: { ...template, spec: { ...template.spec, containers } } } };
}
