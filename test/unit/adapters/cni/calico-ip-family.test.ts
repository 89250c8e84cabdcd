import { expect } from 'chai';
import { calicoForIpFamily } from '../../../../src/adapters/cni/calico-ip-family.ts';
import type { KubeObject } from '../../../../src/ports/cluster.ts';

const manifest = (backend: string): readonly KubeObject[] => [
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'calico-config', namespace: 'kube-system' },
    data: {
      calico_backend: backend,
      cni_network_config: '{"mtu": __CNI_MTU__, "ipam": {\n  "type": "calico-ipam"\n}}',
    },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'calico-node', namespace: 'kube-system' },
    spec: {
      template: {
        spec: {
          containers: [
            {
              name: 'calico-node',
              env: [
                { name: 'IP', value: 'autodetect' },
                { name: 'FELIX_IPV6SUPPORT', value: 'false' },
                { name: 'NODENAME', valueFrom: {} },
              ],
            },
            { name: 'other' },
          ],
        },
      },
    },
  },
];

interface Parts {
  readonly data: { readonly cni_network_config: string };
  readonly spec: {
    readonly template: { readonly spec: { readonly containers: readonly { readonly env?: object[] }[] } };
  };
}

function read(family: 'ipv4' | 'ipv6' | 'dual', backend: string) {
  const [settings, agent] = calicoForIpFamily(manifest(backend), family) as unknown as readonly Parts[];
  const containers = agent?.spec.template.spec.containers;
  const env = (containers?.[0]?.env ?? []) as { name: string; value?: string }[];
  return {
    ipam: JSON.parse((settings?.data.cni_network_config ?? '').replace('__CNI_MTU__', '0')).ipam,
    env: Object.fromEntries(env.map(({ name, value }) => [name, value])),
    names: env.map(({ name }) => name),
    containers,
  };
}

describe("Calico's manifest", () => {
  it('stays as it is for IPv4', () => {
    expect(calicoForIpFamily(manifest('bird'), 'ipv4')).to.deep.equal(manifest('bird'));
  });

  it('gives pods addresses of both families', () => {
    const { ipam, env, names, containers } = read('dual', 'bird');
    expect(ipam).to.deep.equal({ type: 'calico-ipam', assign_ipv4: 'true', assign_ipv6: 'true' });
    expect(env).to.include({ IP: 'autodetect', IP6: 'autodetect', FELIX_IPV6SUPPORT: 'true' });
    expect(env).to.not.have.property('CALICO_IPV6POOL_VXLAN');
    expect(names).to.have.length(new Set(names).size);
    expect(names).to.include('NODENAME');
    expect(containers?.[1]).to.deep.equal({ name: 'other' });
  });

  it('gives pods addresses of IPv6 only', () => {
    const { ipam, env } = read('ipv6', 'bird');
    expect(ipam).to.deep.equal({ type: 'calico-ipam', assign_ipv4: 'false', assign_ipv6: 'true' });
    expect(env).to.include({ IP: 'none', IP6: 'autodetect', CALICO_ROUTER_ID: 'hash' });
  });

  it('makes routes with VXLAN where there is no BGP', () => {
    expect(read('dual', 'vxlan').env).to.include({ CALICO_IPV6POOL_VXLAN: 'CrossSubnet' });
  });
});
