import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'yaml';
import { changeKindConfig, kindConfigFile } from '../../../../../src/adapters/cluster/kind/kind-config.ts';
import { configChanges } from '../../../../../src/adapters/cluster/kind/kind-config-file.ts';
import { parseCniChoice } from '../../../../../src/adapters/cni/cni-choice.ts';
import { plugins } from '../../../../../src/adapters/cni/plugins.ts';

/** The networking part of kind's configuration for a plugin. */
function networkingFor(cni: string) {
  const changes = configChanges({ cni: parseCniChoice(cni) });
  return parse(changeKindConfig(readFileSync(kindConfigFile, 'utf8'), changes)).networking;
}

describe("kind's configuration for a plugin", () => {
  it('is the shipped one for plugins that bring themselves', () => {
    for (const cni of ['none', 'calico', 'cilium', 'antrea', 'kube-router', 'flannel']) {
      expect(configChanges({ cni: parseCniChoice(cni) }), cni).to.deep.equal({});
      expect(networkingFor(cni).disableDefaultCNI, cni).to.equal(true);
    }
  });

  it('lets kind install its own plugin', () => {
    expect(networkingFor('kindnet').disableDefaultCNI).to.equal(false);
  });

  it('chooses what does the work of kube-proxy', () => {
    expect(networkingFor('calico-ebpf').kubeProxyMode).to.equal('none');
    expect(networkingFor('calico-nftables').kubeProxyMode).to.equal('nftables');
    expect(networkingFor('calico')).to.not.have.property('kubeProxyMode');
  });

  it('is valid for every plugin, with the options beside it', () => {
    for (const { name } of plugins) {
      const changes = configChanges({ cni: parseCniChoice(name), nodes: 3, ipFamily: 'dual' });
      const config = parse(changeKindConfig(readFileSync(kindConfigFile, 'utf8'), changes));
      expect(config.nodes, name).to.have.length(3);
      expect(config.networking.ipFamily, name).to.equal('dual');
    }
  });
});
