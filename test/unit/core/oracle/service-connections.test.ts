import { expect } from 'chai';
import type { Pod } from '../../../../src/core/model/pod.ts';
import type { Service } from '../../../../src/core/model/service.ts';
import { answer } from '../../../../src/core/oracle/answer.ts';
import { compile } from '../../../../src/core/oracle/oracle.ts';
import { type AskedConnection, questionOf } from '../../../../src/core/oracle/question.ts';
import { serviceConnections } from '../../../../src/core/oracle/service-connections.ts';
import { policy } from '../../../support/oracle/cluster.ts';

const pod = (name: string, ...ips: readonly string[]): Pod => ({
  namespace: 'x',
  name,
  labels: { app: name },
  ports: [{ name: 'dns', port: 5353, protocol: 'UDP' }],
  ips,
});
const DUAL = ['10.96.0.5', 'fd00:2::5'];
const FROM = { pod: pod('a', '10.244.0.1', 'fd00:1::1') };
const TO = { pod: pod('b', '10.244.0.2', 'fd00:1::2') };

const service = (clusterIPs: readonly string[], more: Partial<Service> = {}): Service => ({
  namespace: 'x',
  name: 'b',
  selector: { app: 'b' },
  ports: [
    { port: 53, targetPort: 5300, protocol: 'TCP' },
    { port: 53, targetPort: 'dns', protocol: 'UDP' },
    { port: 54, targetPort: 'dns', protocol: 'TCP' },
  ],
  clusterIPs,
  ...more,
});
const oracleFor = (clusterIPs: readonly string[], policies: readonly string[] = []) =>
  compile({
    namespaces: [{ name: 'x', labels: {} }],
    pods: [FROM.pod, TO.pod],
    services: [service(clusterIPs)],
    policies: policies.map((spec) => policy('x', spec)),
  });

describe('the connections of a dial to a Service', () => {
  const dial = { from: FROM, port: 53, protocol: 'UDP' } as const;
  const connections = (clusterIPs: readonly string[], more: object = {}) =>
    serviceConnections(oracleFor(clusterIPs), service(clusterIPs), { ...dial, ...more });

  it("go to the backend's port of that protocol, and say what was dialled", () => {
    const dialled = { address: '10.96.0.5', otherAddresses: ['fd00:2::5'] };
    expect(connections(DUAL)).to.deep.equal([{ ...dial, to: TO, port: 5353, dialled }]);
    expect(connections(DUAL, { protocol: 'TCP' })).to.deep.equal([
      { ...dial, to: TO, port: 5300, protocol: 'TCP', dialled },
    ]);
  });

  it('are none on a port that the Service, or a pod of it, has not', () => {
    expect(connections(DUAL, { protocol: 'SCTP' })).to.deep.equal([]);
    expect(connections(DUAL, { port: 5353 })).to.deep.equal([]);
    expect(connections(DUAL, { port: 54, protocol: 'TCP' })).to.deep.equal([]);
  });

  it('are those of the dialled port, at no other address, where the Service is headless', () => {
    expect(connections(['None'], { port: 7 })).to.deep.equal([{ ...dial, to: TO, port: 7 }]);
  });

  it('have the family that was asked for, or else the one that the Service has', () => {
    const families = (...args: Parameters<typeof connections>) => connections(...args).map(({ family }) => family);
    expect(families(['fd00:2::5'])).to.deep.equal(['IPv6']);
    expect(families(['fd00:2::5'], { family: 'IPv4' })).to.deep.equal(['IPv4']);
    expect(families(DUAL)).to.deep.equal([undefined]);
    const dialled = { address: undefined, otherAddresses: [] };
    expect(connections([])).to.deep.equal([{ ...dial, to: TO, port: 5353, dialled }]);
  });
});

describe('a dial to a Service of a dual-stack cluster', () => {
  const verdict = (clusterIPs: readonly string[], blocks: readonly string[], asked: Partial<AskedConnection> = {}) => {
    const to = blocks.map((cidr) => `{ipBlock: {cidr: "${cidr}"}}`).join(', ');
    const oracle = oracleFor(clusterIPs, [
      `{podSelector: {matchLabels: {app: a}}, policyTypes: [Egress], egress: [{to: [${to}]}]}`,
    ]);
    const question = questionOf(oracle, { from: 'x/a', to: 'service/x/b', port: 53, protocol: 'UDP', ...asked });
    if ('unknown' in question) throw new Error(question.unknown);
    return answer(oracle, question).verdict;
  };

  it('is at an address that is known, in each family', () => {
    expect(verdict(DUAL, ['10.0.0.0/8', 'fd00::/16'])).to.equal('allowed');
    expect(verdict(DUAL, ['10.0.0.0/8'])).to.equal('undefined');
    expect(verdict(DUAL, ['10.0.0.0/8'], { family: 'IPv4' })).to.equal('allowed');
    expect(verdict(DUAL, ['10.0.0.0/8'], { family: 'IPv6' })).to.equal('denied');
  });

  it('is of one family where the Service has an address of one only', () => {
    expect(verdict(['10.96.0.5'], ['10.0.0.0/8'])).to.equal('allowed');
    expect(verdict(['fd00:2::5'], ['10.0.0.0/8'])).to.equal('denied');
  });
});
