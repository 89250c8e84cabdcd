import { expect } from 'chai';
import { ClusterError } from '../../../src/core/diagnostics/errors.ts';
import type { Cell } from '../../../src/core/matrix/cell.ts';
import { targetOf } from '../../../src/engine/target.ts';
import type { Topology } from '../../../src/engine/topology.ts';
import { thrown } from '../../support/thrown.ts';

const place = (name: string, ip: string, node: string) => ({ ref: { namespace: 'np', name }, ips: [ip], node });
const topology: Topology = {
  pods: new Map([
    ['x/a', place('a', '10.0.0.1', 'n1')],
    ['x/b', place('b', '10.0.0.2', 'n2')],
    ['outside/h', place('h', '172.18.0.9', '')],
  ]),
  services: new Map([
    ['x/s', { clusterIPs: ['10.96.0.1'], host: 's.np', nodePorts: new Map([['80/TCP', 30_123]]) }],
    ['x/plain', { clusterIPs: ['10.96.0.2'], host: 'plain.np', nodePorts: new Map() }],
  ]),
  nodes: new Map([
    ['n1', ['172.18.0.2']],
    ['n2', ['172.18.0.3']],
  ]),
};
const cell = (more: Partial<Cell>): Cell => ({
  ...{ from: 'x/a', to: 'x/b', port: 80, protocol: 'TCP', path: 'pod-ip', family: 'IPv4', method: 'agent' },
  ...more,
});
const target = (more: Partial<Cell>, pods: readonly string[] = []) =>
  targetOf(
    cell(more),
    topology,
    pods.map((pod) => ({ pod, port: 8080 })),
  );

describe('what is dialled for a cell', () => {
  it('is the address of the pod, the Service or the host', () => {
    expect(target({})).to.deep.equal({ host: '10.0.0.2' });
    expect(target({ to: 'x/s', path: 'cluster-ip' })).to.deep.equal({ host: '10.96.0.1' });
    expect(target({ to: 'outside/h', path: 'outside' })).to.deep.equal({ host: '172.18.0.9' });
  });

  it('is the short name in the same namespace, the longer one elsewhere', () => {
    expect(target({ to: 'x/s', path: 'dns' })).to.deep.equal({ host: 's' });
    expect(target({ from: 'y/a', to: 'x/s', path: 'dns' })).to.deep.equal({ host: 's.np' });
  });

  it('is the number of a NodePort on a node that has a backend, on any where there is none', () => {
    expect(target({ to: 'x/s', path: 'node-port' }, ['x/b'])).to.deep.equal({ host: '172.18.0.3', port: 30_123 });
    expect(target({ to: 'x/s', path: 'node-port' })).to.deep.equal({ host: '172.18.0.2', port: 30_123 });
  });

  it('is the node of the pod, for its host port and its kubelet', () => {
    expect(target({ path: 'host-port' })).to.deep.equal({ host: '172.18.0.3' });
    expect(target({ to: 'x/a', path: 'node' })).to.deep.equal({ host: '172.18.0.2' });
  });

  it('is missing for another family, and for a Service without NodePort', () => {
    for (const more of [{ family: 'IPv6' }, { to: 'x/plain', path: 'node-port' }] as const) {
      expect(thrown(ClusterError, () => target(more)).code).to.equal('address-missing');
    }
  });
});
