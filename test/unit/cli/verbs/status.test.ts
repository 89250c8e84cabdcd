import { expect } from 'chai';
import { statusText } from '../../../../src/cli/verbs/status.ts';

const engine = {
  found: true,
  engine: {
    docker: '/d',
    env: { DOCKER_HOST: 'unix:///s', DOCKER_CONTEXT: '' },
    kind: 'private',
    version: '20.10',
    hasBuildx: false,
  },
} as const;

describe('netproof status', () => {
  it('shows engine, cluster, nodes, plugin, images and how to reach it all', () => {
    const text = statusText(engine, {
      state: 'up',
      cluster: {
        provider: 'kind',
        kubeconfig: '/k',
        context: 'kind-netproof',
        cni: { name: 'calico', version: 'v3.28.5' },
        images: [{ name: 'alpine:3.22', provenance: 'source BusyBox' }],
        reused: true,
      },
      info: {
        provider: 'kind',
        kubernetes: 'v1.37.2',
        nodes: [{ name: 'np-worker', ips: ['172.18.0.2'], ready: true }],
        ipFamilies: ['IPv4', 'IPv6'],
      },
    });
    expect(text.split('\n')).to.deep.equal([
      "engine      netproof's own 20.10 DOCKER_HOST=unix:///s",
      'cluster     up (kind, Kubernetes v1.37.2, IPv4 and IPv6)',
      'node        np-worker 172.18.0.2 Ready',
      'plugin      calico v3.28.5',
      'kubeconfig  /k',
      'context     kind-netproof',
      'image       alpine:3.22: source BusyBox',
    ]);
  });

  it('says why there is no cluster', () => {
    const text = statusText(
      { found: false, reason: 'cannot connect' },
      { state: 'broken', reason: 'it has stopped nodes' },
    );
    expect(text).to.equal('engine      none answers (cannot connect)\ncluster     broken: it has stopped nodes');
  });
});
