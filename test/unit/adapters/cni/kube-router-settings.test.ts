import { expect } from 'chai';
import type { CniTarget } from '../../../../src/adapters/cni/cni-plugin.ts';
import { kubeRouter } from '../../../../src/adapters/cni/kube-router.ts';
import { ClusterError } from '../../../../src/core/diagnostics/errors.ts';
import type { KubeObject } from '../../../../src/ports/cluster.ts';

const target: CniTarget = {
  ipFamily: 'ipv4',
  podSubnet: '10.1.0.0/16',
  serviceSubnet: '10.2.0.0/16',
  apiServer: { host: 'x-control-plane', port: 6443 },
};
const settings: KubeObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'kube-router-cfg' },
  data: { 'cni-conf.json': '{"cniVersion": "0.3.0", "plugins": [{"type": "bridge"}]}' },
};
const agent: KubeObject = {
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'kube-router' },
  spec: { template: { spec: { containers: [{ name: 'kube-router', args: ['--run-firewall=true'] }] } } },
};

describe('kube-router', () => {
  const argsFor = (over: Partial<CniTarget>): unknown => {
    const [, prepared] = kubeRouter.prepare([settings, agent], { ...target, ...over });
    const { spec } = prepared as unknown as {
      readonly spec: { readonly template: { readonly spec: { readonly containers: readonly { args: unknown }[] } } };
    };
    return spec.template.spec.containers[0]?.args;
  };

  it('keeps its arguments, is told the range of ClusterIPs, and to log what it does', () => {
    expect(argsFor({})).to.deep.equal(['--run-firewall=true', '--v=2', '--service-cluster-ip-range=10.2.0.0/16']);
  });

  it('is told to serve IPv6, which it does not by itself', () => {
    expect(argsFor({ ipFamily: 'dual', serviceSubnet: '10.2.0.0/16,fd00:2::/112' })).to.deep.equal([
      '--run-firewall=true',
      '--v=2',
      '--service-cluster-ip-range=10.2.0.0/16',
      '--service-cluster-ip-range=fd00:2::/112',
      '--enable-ipv6=true',
    ]);
    expect(argsFor({ ipFamily: 'ipv6', serviceSubnet: 'fd00:2::/112' })).to.deep.equal([
      '--run-firewall=true',
      '--v=2',
      '--service-cluster-ip-range=fd00:2::/112',
      '--enable-ipv6=true',
      '--enable-ipv4=false',
      '--router-id=generate',
    ]);
  });

  it('gives pods ports of their node, and lets them reach themselves through Services', () => {
    const [prepared] = kubeRouter.prepare([settings, agent], target) as readonly {
      readonly data?: Record<string, string>;
    }[];
    expect(JSON.parse(prepared?.data?.['cni-conf.json'] ?? '')).to.deep.equal({
      cniVersion: '0.3.0',
      plugins: [
        { type: 'bridge', hairpinMode: true },
        { type: 'portmap', capabilities: { snat: true, portMappings: true } },
      ],
    });
  });

  it('is refused when its manifest has no such place', () => {
    expect(() => kubeRouter.prepare([agent], target)).to.throw(ClusterError, /kube-router-cfg/);
  });
});
