import { expect } from 'chai';
import { Command } from 'commander';
import { defaultCni } from '../../../src/adapters/cni/cni-choice.ts';
import { addUpOptions, clusterRequest, type UpOptions } from '../../../src/cli/up-cluster.ts';
import { UsageError } from '../../../src/core/diagnostics/errors.ts';

function parsed(...args: readonly string[]): UpOptions {
  const command = addUpOptions(new Command('up').exitOverride().configureOutput({ writeErr: () => {} }));
  command.parse(args, { from: 'user' });
  return command.opts<UpOptions>();
}

describe('options of the cluster', () => {
  it('ask for kind with the default plugin when nothing is said', () => {
    expect(clusterRequest(parsed())).to.deep.equal({
      provider: 'kind',
      name: 'netproof',
      cni: defaultCni,
      images: 'auto',
    });
  });

  it('carry everything that is said', () => {
    const options = [
      '--cni',
      'none',
      '--nodes',
      '3',
      '--ip-family',
      'dual',
      '--images',
      'source',
      '--kubernetes',
      '1.36.3',
    ];
    expect(clusterRequest(parsed(...options))).to.deep.equal({
      provider: 'kind',
      name: 'netproof',
      cni: { from: 'none' },
      nodes: 3,
      ipFamily: 'dual',
      images: 'source',
      kubernetes: 'v1.36.3',
    });
  });

  it('mean an existing cluster when a kubeconfig or context is named', () => {
    expect(clusterRequest(parsed('--kubeconfig', '/k', '--context', 'c'))).to.deep.equal({
      provider: 'kubeconfig',
      kubeconfig: '/k',
      context: 'c',
    });
    expect(clusterRequest(parsed('--context', 'c'))).to.deep.equal({ provider: 'kubeconfig', context: 'c' });
    expect(clusterRequest(parsed('--provider', 'kubeconfig'))).to.deep.equal({ provider: 'kubeconfig' });
  });

  it('refuse to install anything on a cluster that exists', () => {
    for (const stray of [
      ['--cni', 'calico'],
      ['--nodes', '2'],
      ['--ip-family', 'ipv6'],
      ['--images', 'auto'],
      ['--kubernetes', 'v1.36.3'],
    ]) {
      const options = parsed('--kubeconfig', '/k', ...stray);
      expect(() => clusterRequest(options))
        .to.throw(UsageError, stray[0])
        .with.property('code', 'options-contradict');
    }
    expect(() => clusterRequest(parsed('--provider', 'kind', '--context', 'c'))).to.throw(UsageError);
  });

  it('are refused with a reason when they cannot be', () => {
    for (const wrong of [
      ['--nodes', '0'],
      ['--nodes', '2.5'],
      ['--kubernetes', 'latest'],
      ['--ip-family', 'ipv5'],
      ['--images', 'cache'],
      ['--provider', 'minikube'],
    ]) {
      expect(() => parsed(...wrong), wrong.join(' ')).to.throw(wrong[1]);
    }
  });
});
