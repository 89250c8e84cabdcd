import { expect } from 'chai';
import type { ClusterState } from '../../../../src/core/model/cluster-state.ts';
import type { NetworkPolicy } from '../../../../src/core/model/policy.ts';
import { impact } from '../../../../src/core/oracle/impact.ts';
import { compile } from '../../../../src/core/oracle/oracle.ts';
import { outsideEnds } from '../../../../src/core/oracle/outside-ends.ts';
import { portText, tellingPorts } from '../../../../src/core/oracle/policy-ports.ts';
import { wholeMatrix } from '../../../../src/core/oracle/whole-matrix.ts';
import { cluster, pods, policy } from '../../../support/oracle/cluster.ts';

const all = pods('x/a y/b').map((pod) => ({ ...pod, ports: pod.ports.filter(({ protocol }) => protocol === 'TCP') }));
const state = (policies: readonly NetworkPolicy[]): ClusterState => cluster(all, policies);

const changes = (old: ClusterState, now: ClusterState) => {
  const oracles = [compile(old), compile(now)] as const;
  const request = { ports: tellingPorts(oracles), outside: outsideEnds(oracles, ['IPv4']) };
  return impact(wholeMatrix(oracles[0], request), wholeMatrix(oracles[1], request));
};
const lines = (old: readonly NetworkPolicy[], now: readonly NetworkPolicy[]) =>
  changes(state(old), state(now)).changed.map(
    (each) => `${each.from}->${each.to} ${portText(each)} ${each.before}->${each.after}`,
  );

const INGRESS = '{ingress: [{from: [{namespaceSelector: {}}]}]}';

describe('the impact of a change', () => {
  it('is there where only the Internet and nodes are shut out', () => {
    expect(lines([], [policy('x', INGRESS)])).to.have.members(
      ['80/TCP', '81/TCP', 'any other port'].flatMap((port) => [
        `192.0.2.1->x/a ${port} allowed->denied`,
        `node/another->x/a ${port} allowed->denied`,
      ]),
    );
  });

  it('is there where only ports close that nothing names', () => {
    const only = policy('x', '{ingress: [{ports: [{port: 80}, {port: 81}]}]}');
    expect(lines([], [only])).to.deep.equal([
      'y/b->x/a any other port allowed->denied',
      '192.0.2.1->x/a any other port allowed->denied',
      'node/another->x/a any other port allowed->denied',
    ]);
  });

  it('is there where a range gets shorter, or one protocol closes', () => {
    const range = (end: number) => policy('x', `{ingress: [{ports: [{port: 1000, endPort: ${end}}]}]}`);
    expect(lines([range(2000)], [range(1500)])).to.include('y/b->x/a 2000/TCP allowed->denied');
    const tcp = policy('x', '{ingress: [{ports: [{protocol: TCP}]}]}');
    expect(lines([], [tcp])).to.include('y/b->x/a any other UDP, SCTP port allowed->denied');
    expect(lines([], [tcp])).not.to.include('y/b->x/a any other TCP port allowed->denied');
  });

  it('is there between the regions of blocks', () => {
    const block = (text: string) => policy('x', `{ingress: [{from: [{ipBlock: ${text}}]}]}`);
    const found = lines(
      [block('{cidr: 198.51.100.0/24}')],
      [block('{cidr: 198.51.100.0/24, except: [198.51.100.128/25]}')],
    );
    expect(found).to.include('198.51.100.128->x/a 80/TCP allowed->denied');
    expect(found.filter((line) => /^(?:198\.51\.100\.0|192\.0\.2\.1|node)/.test(line))).to.deep.equal([]);
  });

  it('says which pods are in one state only', () => {
    const now = { ...state([]), pods: [all[0]!, ...pods('y/new')] };
    expect(changes(state([]), now)).to.deep.equal({ changed: [], onlyBefore: ['y/b'], onlyAfter: ['y/new'] });
  });
});

describe('ends outside', () => {
  it('are there before the lowest block too', () => {
    const block = policy('x', '{ingress: [{from: [{ipBlock: {cidr: 128.0.0.0/1}}]}]}');
    expect(outsideEnds([compile(state([block]))], ['IPv4']).map(({ name }) => name)).to.deep.equal([
      '192.0.2.1',
      '0.0.0.1',
      'node/another',
    ]);
  });

  const node = (name: string, ip: string) => ({ name, ips: [ip] });
  it('are nodes of each kind that blocks tell apart, and never what has an address', () => {
    const block = policy('x', '{ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.244.0.10/32]}}]}]}');
    const oracle = compile({ ...state([block]), nodes: [node('n1', '10.0.0.0'), node('n2', '172.18.0.2')] });
    expect(outsideEnds([oracle], ['IPv4']).map(({ name, stands }) => `${name}: ${stands}`)).to.deep.equal([
      '10.0.0.1: any other address in 10.0.0.0/8',
      '192.0.2.1: any other IPv4 address',
      "node/another-1: any node but the pod's own, of n1",
      "node/another-2: any node but the pod's own, of n2",
    ]);
  });
});
