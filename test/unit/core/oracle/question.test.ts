import { expect } from 'chai';
import type { ClusterState } from '../../../../src/core/model/cluster-state.ts';
import type { ContainerPort, Pod } from '../../../../src/core/model/pod.ts';
import type { Protocol } from '../../../../src/core/model/protocol.ts';
import type { Service, ServicePort } from '../../../../src/core/model/service.ts';
import { answer } from '../../../../src/core/oracle/answer.ts';
import type { End } from '../../../../src/core/oracle/connection.ts';
import { compile } from '../../../../src/core/oracle/oracle.ts';
import { questionOf, targetText } from '../../../../src/core/oracle/question.ts';
import { policy } from '../../../support/oracle/cluster.ts';

const pod = (name: string, ip: string, ports: readonly ContainerPort[], more: Partial<Pod> = {}): Pod => ({
  namespace: 'x',
  name,
  labels: {},
  ports,
  ips: [ip],
  node: 'n1',
  ...more,
});
const service = (name: string, ports: readonly ServicePort[], more: Partial<Service> = {}): Service => ({
  namespace: 'x',
  name,
  selector: { app: name },
  ports,
  clusterIPs: [],
  ...more,
});

const CLIENT = pod('client', '10.244.0.1', []);
const SERVER = pod('server', '10.244.0.2', [
  { port: 1, protocol: 'TCP', hostPort: 8081 },
  { port: 2, protocol: 'UDP', hostPort: 8080 },
  { port: 3, protocol: 'TCP', hostPort: 8080 },
]);
const DONE = pod('done', '10.244.0.3', [{ port: 4, protocol: 'TCP', hostPort: 8082 }], { finished: true });
const AGENT = pod('agent', '172.18.0.1', [{ port: 9100, protocol: 'TCP', hostPort: 9100 }], { hostNetwork: true });
const ELSEWHERE = pod('elsewhere', '10.244.1.2', [{ port: 5, protocol: 'TCP', hostPort: 8083 }], { node: 'n2' });

const DNS = service('dns', [{ port: 53, protocol: 'UDP', nodePort: 30_080 }]);
const WEB = service(
  'web',
  [
    { port: 81, protocol: 'TCP', nodePort: 30_081 },
    { port: 80, protocol: 'TCP', nodePort: 30_080 },
  ],
  { clusterIPs: ['10.96.0.1'], externalIPs: ['203.0.113.1'] },
);
const STATE: ClusterState = {
  namespaces: [],
  pods: [CLIENT, DONE, AGENT, SERVER, ELSEWHERE],
  services: [DNS, WEB],
  policies: [],
  nodes: [
    { name: 'n1', ips: ['172.18.0.1', 'fd00::1'] },
    { name: 'n2', ips: ['172.18.0.2'] },
  ],
};
const ORACLE = compile(STATE);
const N1: End = { address: '172.18.0.1', node: 'n1', otherAddresses: ['fd00::1'] };

const asked = (to: string, port = 80, protocol: Protocol = 'TCP', from = 'x/client') => {
  const question = questionOf(ORACLE, { from, to, port, protocol });
  if ('unknown' in question) throw new Error(`no ${question.unknown}`);
  return question;
};

const ROWS: readonly (readonly [to: string, port: number, protocol: Protocol, text: string, target: object])[] = [
  ['x/server', 80, 'TCP', 'x/server', { kind: 'end', end: { pod: SERVER } }],
  ['198.51.100.7', 80, 'TCP', '198.51.100.7', { kind: 'end', end: { address: '198.51.100.7' } }],
  ['10.96.0.1', 80, 'TCP', '10.96.0.1 (service/x/web)', { kind: 'service', service: WEB, port: 80, by: 'cluster-ip' }],
  ['service/x/web', 80, 'TCP', 'service/x/web', { kind: 'service', service: WEB, port: 80, by: 'cluster-ip' }],
  [
    '203.0.113.1',
    80,
    'TCP',
    '203.0.113.1 (service/x/web)',
    { kind: 'service', service: WEB, port: 80, by: 'node-port' },
  ],
  [
    'node/n1',
    30_080,
    'TCP',
    'node/n1 (service/x/web)',
    { kind: 'service', service: WEB, port: 80, by: 'node-port', node: N1 },
  ],
  [
    '172.18.0.1',
    30_080,
    'UDP',
    '172.18.0.1 (service/x/dns)',
    { kind: 'service', service: DNS, port: 53, by: 'node-port', node: { address: '172.18.0.1', node: 'n1' } },
  ],
  ['172.18.0.1', 80, 'TCP', '172.18.0.1', { kind: 'end', end: { address: '172.18.0.1', node: 'n1' } }],
  ['fd00::1', 80, 'TCP', 'fd00::1', { kind: 'end', end: { address: 'fd00::1', node: 'n1' } }],
  ['node/n1', 30_080, 'SCTP', 'node/n1', { kind: 'end', end: N1 }],
  ['node/n1', 8080, 'TCP', 'node/n1 (x/server)', { kind: 'host-port', pod: SERVER, port: 3, node: N1 }],
  ['node/n1', 8080, 'UDP', 'node/n1 (x/server)', { kind: 'host-port', pod: SERVER, port: 2, node: N1 }],
  ['node/n1', 8081, 'UDP', 'node/n1', { kind: 'end', end: N1 }],
  ['node/n1', 8082, 'TCP', 'node/n1', { kind: 'end', end: N1 }],
  ['node/n1', 8083, 'TCP', 'node/n1', { kind: 'end', end: N1 }],
  ['node/n1', 9100, 'TCP', 'node/n1', { kind: 'end', end: N1 }],
];

describe('the destination of a question', () => {
  for (const [to, port, protocol, text, target] of ROWS) {
    it(`${to}:${port}/${protocol} is ${text}`, () => {
      const question = asked(to, port, protocol);
      const family = to.includes('/') ? {} : { family: to.includes(':') ? 'IPv6' : 'IPv4' };
      expect(question).to.deep.equal({ from: { pod: CLIENT }, to: target, port, protocol, ...family, toName: to });
      expect(targetText(question)).to.equal(text);
    });
  }
});

describe('the family of a question', () => {
  for (const [from, to, stated, family] of [
    ['x/client', 'x/server', undefined, undefined],
    ['x/client', '10.244.0.2', undefined, 'IPv4'],
    ['fd00::99', 'x/server', undefined, 'IPv6'],
    ['198.51.100.7', 'fd00::99', undefined, 'IPv6'],
    ['198.51.100.7', 'x/server', 'IPv6', 'IPv6'],
    ['x/client', '127.0.0.1', undefined, undefined],
    ['::1', 'x/server', undefined, undefined],
  ] as const) {
    it(`is ${family ?? 'open'} from ${from} to ${to}${stated ? `, asked for ${stated}` : ''}`, () => {
      const question = questionOf(ORACLE, { from, to, port: 80, protocol: 'TCP', ...(stated && { family: stated }) });
      expect(question).to.have.property('toName', to);
      expect('family' in question ? question.family : undefined).to.equal(family);
    });
  }
});

describe('the source of a question', () => {
  for (const [from, source] of [
    ['127.0.0.1', { pod: SERVER }],
    ['127.255.0.9', { pod: SERVER }],
    ['::1', { pod: SERVER }],
    ['128.0.0.1', { address: '128.0.0.1' }],
    ['::2', { address: '::2' }],
  ] as const) {
    it(`${from} is ${'pod' in source ? 'the destination itself' : 'that address'}`, () => {
      expect(asked('x/server', 80, 'TCP', from).from).to.deep.equal(source);
    });
  }
});

describe('a question', () => {
  for (const [from, to, unknown] of [
    ['x/none', 'x/server', 'x/none'],
    ['x/client', 'x/none', 'x/none'],
    ['x/client', 'service/x/none', 'service/x/none'],
    ['127.0.0.1', 'x/none', '127.0.0.1'],
  ] as const) {
    it(`from ${from} to ${to} names ${unknown} as unknown`, () => {
      expect(questionOf(ORACLE, { from, to, port: 80, protocol: 'TCP' })).to.deep.equal({ unknown });
    });
  }
});

describe('a node that has an address of each family', () => {
  const egress = policy('x', '{policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}]}');
  const dual = { ...CLIENT, ips: ['10.244.0.1', 'fd00:1::1'], node: 'n2' };
  for (const [to, verdict] of [
    ['172.18.0.1', 'allowed'],
    ['fd00::1', 'denied'],
    ['node/n1', 'undefined'],
  ] as const) {
    it(`is ${verdict} by a rule for IPv4 where ${to} is asked for`, () => {
      const oracle = compile({ ...STATE, pods: [dual], policies: [egress] });
      const question = questionOf(oracle, { from: 'x/client', to, port: 80, protocol: 'TCP' });
      if ('unknown' in question) throw new Error(`no ${question.unknown}`);
      expect(answer(oracle, question).verdict).to.equal(verdict);
    });
  }
});
