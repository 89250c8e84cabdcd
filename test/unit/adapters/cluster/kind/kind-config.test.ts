import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { parse } from 'yaml';
import {
  changeKindConfig,
  kindConfigFacts,
  kindConfigFile,
} from '../../../../../src/adapters/cluster/kind/kind-config.ts';
import { UsageError } from '../../../../../src/core/diagnostics/errors.ts';

const shipped = readFileSync(kindConfigFile, 'utf8');

describe('kind configuration', () => {
  it('as shipped makes two nodes without a plugin', () => {
    expect(kindConfigFacts(shipped)).to.deep.include({
      nodes: 2,
      ipFamily: 'ipv4',
      podSubnet: '10.244.0.0/16',
      serviceSubnet: '10.96.0.0/16',
    });
    expect(parse(shipped).networking.disableDefaultCNI).to.equal(true);
  });

  it('keeps everything, comments included, when nothing is changed', () => {
    expect(parse(changeKindConfig(shipped, {}))).to.deep.equal(parse(shipped));
    expect(changeKindConfig(shipped, { nodes: 3 })).to.include('# The plugin under test is installed afterwards.');
  });

  it('has as many nodes as asked for, one of them a control plane that takes pods', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), (nodes) => {
        const config = parse(changeKindConfig(shipped, { nodes }));
        expect(config.nodes).to.have.length(nodes);
        expect(config.nodes.map((node: { role: string }) => node.role)).to.deep.equal([
          'control-plane',
          ...Array(nodes - 1).fill('worker'),
        ]);
        if (nodes > 1) expect(config.nodes[0]).to.deep.equal(parse(shipped).nodes[0]);
      }),
    );
  });

  it('leaves the taint of an only node to kind, which fails when it finds none', () => {
    const [node] = parse(changeKindConfig(shipped, { nodes: 1 })).nodes;
    expect(node.role).to.equal('control-plane');
    expect(node.kubeadmConfigPatches.map((patch: string) => parse(patch))).to.deep.equal([
      { kind: 'InitConfiguration' },
    ]);
    const own = `kind: Cluster
nodes:
  - role: control-plane
    kubeadmConfigPatches:
      - "kind: InitConfiguration\\nnodeRegistration: {taints: [], name: x}"
      - "kind: InitConfiguration\\nnodeRegistration: {taints: [{key: a}]}"
`;
    const [kept] = parse(changeKindConfig(own, { nodes: 1 })).nodes;
    expect(kept.kubeadmConfigPatches.map((patch: string) => parse(patch).nodeRegistration)).to.deep.equal([
      { name: 'x' },
      { taints: [{ key: 'a' }] },
    ]);
  });

  it('gives new workers what the last one has', () => {
    const text = 'kind: Cluster\nnodes: [{role: control-plane}, {role: worker, labels: {zone: a}}]\n';
    expect(parse(changeKindConfig(text, { nodes: 3 })).nodes[2]).to.deep.equal({
      role: 'worker',
      labels: { zone: 'a' },
    });
  });

  it('adds what a bare configuration leaves out', () => {
    const changed = parse(changeKindConfig('kind: Cluster\n', { nodes: 2, ipFamily: 'dual' }));
    expect(changed.nodes).to.deep.equal([{ role: 'control-plane' }, { role: 'worker' }]);
    expect(changed.networking.ipFamily).to.equal('dual');
  });

  it('gives each family its subnets and keeps the stated ones', () => {
    const subnets = (ipFamily: 'ipv4' | 'ipv6' | 'dual') => {
      const { podSubnet, serviceSubnet } = parse(changeKindConfig(shipped, { ipFamily })).networking;
      return [podSubnet, serviceSubnet];
    };
    expect(subnets('ipv4')).to.deep.equal(['10.244.0.0/16', '10.96.0.0/16']);
    expect(subnets('ipv6')).to.deep.equal(['fd00:10:244::/56', 'fd00:10:96::/112']);
    expect(subnets('dual')).to.deep.equal(['10.244.0.0/16,fd00:10:244::/56', '10.96.0.0/16,fd00:10:96::/112']);
    const own = 'kind: Cluster\nnetworking: {podSubnet: "10.1.0.0/16,fd01::/56"}\n';
    expect(parse(changeKindConfig(own, { ipFamily: 'ipv6' })).networking.podSubnet).to.equal('fd01::/56');
  });

  it('refuses what is no kind configuration', () => {
    for (const text of ['', 'kind: Pod\n', 'kind: [\n', '- 1\n']) {
      expect(() => changeKindConfig(text, {})).to.throw(UsageError, 'is no kind configuration');
    }
  });
});
