import { expect } from 'chai';
import { calico } from '../../../../src/adapters/cni/calico.ts';
import { calicoEbpf } from '../../../../src/adapters/cni/calico-ebpf.ts';
import { calicoNftables } from '../../../../src/adapters/cni/calico-nftables.ts';
import type { CniTarget } from '../../../../src/adapters/cni/cni-plugin.ts';
import { recogniseCni } from '../../../../src/adapters/cni/detect-cni.ts';
import { flannel } from '../../../../src/adapters/cni/flannel.ts';
import { plugins } from '../../../../src/adapters/cni/plugins.ts';
import { nodeImage } from '../../../../src/adapters/images/registry/node-image.ts';
import { ClusterError } from '../../../../src/core/diagnostics/errors.ts';
import { CARD_PROPERTIES } from '../../../../src/core/result/card/properties.ts';
import type { KubeObject } from '../../../../src/ports/cluster.ts';

const target: CniTarget = {
  ipFamily: 'ipv4',
  podSubnet: '10.1.0.0/16',
  serviceSubnet: '10.2.0.0/16',
  apiServer: { host: 'x-control-plane', port: 6443 },
};

const agent = (): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'calico-node', namespace: 'kube-system' },
  spec: { template: { spec: { containers: [{ name: 'calico-node', env: [{ name: 'A', value: 'a' }] }] } } },
});

const envOf = (objects: readonly KubeObject[]): unknown => {
  const found = objects.find(({ kind }) => kind === 'DaemonSet') as unknown as {
    readonly spec: { readonly template: { readonly spec: { readonly containers: readonly { env: unknown }[] } } };
  };
  return found.spec.template.spec.containers[0]?.env;
};

describe('the plugins', () => {
  it('have names of their own', () => {
    expect(new Set(plugins.map(({ name }) => name)).size).to.equal(plugins.length);
  });

  for (const plugin of plugins) {
    describe(plugin.name, () => {
      it('has its default among the versions that are known, with checksums that are SHA-256', () => {
        expect(plugin.versions.map(({ version }) => version)).to.include(plugin.defaultVersion);
        for (const { sha256 } of plugin.versions) expect(sha256 ?? '0'.repeat(64)).to.match(/^[0-9a-f]{64}$/);
      });

      it('is tried on Kubernetes versions whose node image is pinned', () => {
        const images = plugin.versions.flatMap(({ kubernetes }) => kubernetes.map((version) => nodeImage(version)));
        expect(images.filter((image) => !image.includes('@sha256:'))).to.deep.equal([]);
      });

      it('counts as installed when its agents are rolled out, and they are what it is recognised by', () => {
        const { namespace, daemonSet, container } = plugin.agent;
        expect(plugin.rollouts).to.deep.include({
          apiVersion: 'apps/v1',
          kind: 'DaemonSet',
          namespace,
          name: daemonSet,
        });
        const rolled: KubeObject = {
          apiVersion: 'apps/v1',
          kind: 'DaemonSet',
          metadata: { name: daemonSet, namespace },
          spec: { template: { spec: { containers: [{ name: container, image: 'registry.test/agent:v9.8.7' }] } } },
        };
        expect(recogniseCni([rolled])).to.deep.equal({ name: plugin.recognisedAs, version: 'v9.8.7' });
      });

      it('waits for its controller too, where it has one', () => {
        const { controller } = plugin;
        const names = plugin.rollouts.map(({ name }) => name);
        if (controller !== undefined) expect(names).to.include(controller.deployment);
      });

      it('says of properties of the capability card where each gap is documented', () => {
        const known = ['*', ...CARD_PROPERTIES.map(({ tag }) => tag)];
        expect(known).to.include.members(plugin.gaps.map(({ property }) => property));
        for (const { source, says } of plugin.gaps) expect([source, says].join()).to.match(/^https:\/\/\S+,\S/);
      });

      it('says what its makers document of it: what it does, or what it does not', () => {
        const known = ['*', ...CARD_PROPERTIES.map(({ tag }) => tag)];
        expect(known).to.include.members(plugin.supports.map(({ property }) => property));
        expect([...plugin.supports, ...plugin.gaps]).to.not.be.empty;
        for (const { source, says } of plugin.supports) expect([source, says].join()).to.match(/^https:\/\/\S+,\S/);
        if (plugin.gapsAt !== undefined) expect(plugin.gapsAt).to.match(/^https:\/\//);
      });
    });
  }
});

describe("Calico's data planes", () => {
  it('are told the addresses of a pod by an annotation, a list in JSON', () => {
    for (const { pinAddress } of [calico, calicoEbpf, calicoNftables]) {
      expect(pinAddress?.(['10.244.1.7', 'fd00::7'])).to.deep.equal({
        'cni.projectcalico.org/ipAddrs': '["10.244.1.7","fd00::7"]',
      });
    }
  });

  it('are chosen by the environment of its agent', () => {
    expect(envOf(calico.prepare([agent()], target))).to.deep.equal([{ name: 'A', value: 'a' }]);
    expect(envOf(calicoNftables.prepare([agent()], target))).to.deep.include({
      name: 'FELIX_NFTABLESMODE',
      value: 'Enabled',
    });
    expect(envOf(calicoEbpf.prepare([agent()], target))).to.deep.include({ name: 'FELIX_BPFENABLED', value: 'true' });
  });

  it('that do the work of kube-proxy are told where the API server is, before anything else', () => {
    const [first] = calicoEbpf.prepare([agent()], target);
    expect(first).to.deep.include({
      kind: 'ConfigMap',
      data: { KUBERNETES_SERVICE_HOST: 'x-control-plane', KUBERNETES_SERVICE_PORT: '6443' },
    });
  });
});

describe('Flannel', () => {
  const settings = (): KubeObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'kube-flannel-cfg' },
    data: { 'cni-conf.json': '{}', 'net-conf.json': '{"Network": "10.244.0.0/16", "Backend": {"Type": "vxlan"}}' },
  });
  const networkOf = (over: Partial<CniTarget>): unknown => {
    const [changed] = flannel.prepare([settings()], { ...target, ...over }) as readonly {
      readonly data?: Record<string, string>;
    }[];
    return JSON.parse(changed?.data?.['net-conf.json'] ?? '');
  };

  it("gets the cluster's own networks", () => {
    const backend = { Backend: { Type: 'vxlan' } };
    expect(networkOf({})).to.deep.equal({ ...backend, Network: '10.1.0.0/16', EnableIPv4: true, EnableIPv6: false });
    expect(networkOf({ ipFamily: 'dual', podSubnet: '10.1.0.0/16,fd00::/56' })).to.deep.equal({
      ...backend,
      Network: '10.1.0.0/16',
      IPv6Network: 'fd00::/56',
      EnableIPv4: true,
      EnableIPv6: true,
    });
  });

  it('is refused when its manifest has no such place', () => {
    expect(() => flannel.prepare([agent()], target)).to.throw(ClusterError, /kube-flannel-cfg/);
  });
});
