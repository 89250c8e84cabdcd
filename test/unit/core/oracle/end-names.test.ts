import { expect } from 'chai';
import type { ClusterState } from '../../../../src/core/model/cluster-state.ts';
import type { Pod } from '../../../../src/core/model/pod.ts';
import type { End } from '../../../../src/core/oracle/connection.ts';
import { endOf } from '../../../../src/core/oracle/end-of.ts';
import { compile } from '../../../../src/core/oracle/oracle.ts';

const POD: Pod = { namespace: 'x', name: 'a', labels: {}, ports: [], ips: ['10.244.0.1'], node: 'n1' };
const AGENT: Pod = { namespace: 'y', name: 'agent', labels: {}, ports: [], ips: ['172.18.0.9'], hostNetwork: true };
const STATE: ClusterState = {
  namespaces: [],
  pods: [POD, AGENT],
  services: [
    { namespace: 'x', name: 'a', selector: {}, ports: [], clusterIPs: ['10.96.0.1'] },
    { namespace: 'x', name: 'b', selector: {}, ports: [], clusterIPs: ['None'] },
  ],
  policies: [],
  nodes: [
    { name: 'n1', ips: ['172.18.0.1', 'fd00::1'] },
    { name: 'n2', ips: [] },
  ],
};
const imagined = (name: string, labels: Pod['labels']): End => ({
  pod: { namespace: 'x', name, labels, ports: [], portsUnknown: true, ips: [] },
});

const FOUND: readonly (readonly [text: string, what: string, end: End])[] = [
  ['x/a', 'the pod', { pod: POD }],
  ['10.244.0.1', 'the pod that has it', { pod: POD }],
  ['172.18.0.1', 'the node that has it', { address: '172.18.0.1', node: 'n1' }],
  [
    '172.18.0.9',
    'a node of the pod on its network, where nothing else is known of it',
    { address: '172.18.0.9', node: 'of y/agent' },
  ],
  ['10.96.0.1', 'an address, though it is that of a Service with the name of a pod', { address: '10.96.0.1' }],
  ['192.0.2.1', 'an address that nobody has', { address: '192.0.2.1' }],
  ['node/n1', 'the node with its addresses', { address: '172.18.0.1', node: 'n1', otherAddresses: ['fd00::1'] }],
  ['node/n2', 'a node whose addresses are not known', { address: undefined, node: 'n2', otherAddresses: [] }],
  ['x/', 'an imagined pod without labels', imagined('(no labels)', {})],
  ['x/app=web', 'an imagined pod with a label', imagined('app=web', { app: 'web' })],
  ['x/app=', 'an imagined pod with an empty label', imagined('app=', { app: '' })],
  [
    'x/app.io/name=web,tier=api',
    'an imagined pod with several labels',
    imagined('app.io/name=web,tier=api', { 'app.io/name': 'web', tier: 'api' }),
  ],
];

const REFUSED: readonly (readonly [text: string, why: string])[] = [
  ['', 'it is empty'],
  ['a', 'it has no namespace'],
  ['nodes', 'it is no node without a slash'],
  ['/app=web', 'its namespace is empty'],
  ['X/app=web', 'its namespace is no DNS label'],
  ['x/b', 'there is no such pod'],
  ['x/n1', 'there is no such pod, though a node has that name'],
  ['x/app=web,tier', 'one of its labels has no value'],
  ['x/tier,app=web', 'one of its labels has no value'],
  ['x/app=web=1', 'one of its labels has two values'],
  ['x/app=web,app=api', 'it has a label twice'],
  ['x/app=web,-=1', "one of its labels' keys is none"],
  ['x/app=web,tier=-', "one of its labels' values is none"],
  ['node/n3', 'there is no such node among those that are listed'],
];

describe('the name of an end', () => {
  for (const [text, what, end] of FOUND) {
    it(`${text} is ${what}`, () => expect(endOf(compile(STATE), text)).to.deep.equal(end));
  }
  for (const [text, why] of REFUSED) {
    it(`"${text}" is refused, for ${why}`, () => expect(endOf(compile(STATE), text)).to.equal(undefined));
  }

  it('may be any node where no nodes are listed, yet needs a slash', () => {
    const nodeless = compile({ ...STATE, nodes: [] });
    expect(endOf(nodeless, 'node/n3')).to.deep.equal({ address: undefined, node: 'n3', otherAddresses: [] });
    expect(endOf(nodeless, 'nodes')).to.equal(undefined);
  });
});
