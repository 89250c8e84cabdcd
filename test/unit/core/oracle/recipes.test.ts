import { expect } from 'chai';
import type { Cell } from '../../../../src/core/matrix/cell.ts';
import type { Pod } from '../../../../src/core/model/pod.ts';
import type { NetworkPolicy } from '../../../../src/core/model/policy.ts';
import type { Labels } from '../../../../src/core/model/selector.ts';
import type { Service } from '../../../../src/core/model/service.ts';
import { endOf } from '../../../../src/core/oracle/end-of.ts';
import { expectedOf } from '../../../../src/core/oracle/expected-of.ts';
import { compile } from '../../../../src/core/oracle/oracle.ts';
import { cluster, policy } from '../../../support/oracle/cluster.ts';

// The fourteen recipes of ahmetb/kubernetes-network-policy-recipes by their facts; there is no number 13.

const pod = (name: string, labels: Labels, ports: readonly number[] = [80]): Pod => {
  const [namespace = '', own = ''] = name.split('/');
  return { namespace, name: own, labels, ports: ports.map((port) => ({ port, protocol: 'TCP' })), ips: [] };
};

const NAMESPACES = { prod: { purpose: 'production' }, dev: { purpose: 'testing' }, other: { team: 'operations' } };

/** The verdict from an end (a pod, an imagined one by labels, an address) to the pod `default/server`. */
function verdict(policies: readonly NetworkPolicy[], from: string, server: Labels = { app: 'web' }, port = 80): string {
  const state = cluster(
    [pod('default/server', server), pod('prod/x', {}), pod('dev/x', {}), pod('other/x', {})],
    policies,
    NAMESPACES,
  );
  const oracle = compile(state);
  const source = endOf(oracle, from);
  if (source === undefined) throw new Error(`no end ${from}`);
  return oracle.decide({ from: source, to: { pod: oracle.pod('default/server')! }, port, protocol: 'TCP' }).verdict;
}

const WEB = 'podSelector: {matchLabels: {app: web}}';
const DENY_WEB = policy('default', `{${WEB}, ingress: []}`);
const ALLOW_WEB = policy('default', `{${WEB}, ingress: [{}]}`);
const BOOKS = 'podSelector: {matchLabels: {app: bookstore}}';
const DNS =
  '{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector: {matchLabels: {k8s-app: kube-dns}}}';
const ONLY_DNS = `egress: [{to: [${DNS}], ports: [{port: 53, protocol: UDP}, {port: 53, protocol: TCP}]}]`;

describe('recipes, by their facts', () => {
  it('01 denies all traffic to an application', () => {
    expect(verdict([DENY_WEB], 'default/run=test')).to.equal('denied');
    expect(verdict([DENY_WEB], 'default/run=test', { app: 'other' })).to.equal('allowed');
  });

  it('02 limits traffic to an application', () => {
    const limit = policy(
      'default',
      `{podSelector: {matchLabels: {app: bookstore, role: api}}, ingress: [{from: [{${BOOKS}}]}]}`,
    );
    const api = { app: 'bookstore', role: 'api' };
    expect(verdict([limit], 'default/', api)).to.equal('denied');
    expect(verdict([limit], 'default/app=bookstore,role=frontend', api)).to.equal('allowed');
  });

  it('02a allows all traffic to an application', () => {
    expect(verdict([DENY_WEB, ALLOW_WEB], 'default/')).to.equal('allowed');
  });

  it('03 denies what is not whitelisted in a namespace', () => {
    const deny = policy('default', '{podSelector: {}, ingress: []}');
    expect(verdict([deny], 'default/')).to.equal('denied');
    expect(verdict([deny, ALLOW_WEB], 'default/')).to.equal('allowed');
  });

  it('04 denies traffic from other namespaces', () => {
    const own = policy('default', '{podSelector: {matchLabels: {}}, ingress: [{from: [{podSelector: {}}]}]}');
    expect(verdict([own], 'dev/')).to.equal('denied');
    expect(verdict([own], 'default/')).to.equal('allowed');
  });

  it('05 allows traffic from all namespaces', () => {
    const everywhere = policy('default', `{${WEB}, ingress: [{from: [{namespaceSelector: {}}]}]}`);
    expect(verdict([everywhere, DENY_WEB], 'dev/')).to.equal('allowed');
    expect(verdict([everywhere], '192.0.2.1')).to.equal('denied');
  });

  it('06 allows traffic from a namespace', () => {
    const production = policy(
      'default',
      `{${WEB}, ingress: [{from: [{namespaceSelector: {matchLabels: {purpose: production}}}]}]}`,
    );
    expect(verdict([production], 'dev/')).to.equal('denied');
    expect(verdict([production], 'prod/')).to.equal('allowed');
  });

  it('07 allows traffic from some pods in another namespace', () => {
    const both =
      '{namespaceSelector: {matchLabels: {team: operations}}, podSelector: {matchLabels: {type: monitoring}}}';
    const monitoring = policy('default', `{${WEB}, ingress: [{from: [${both}]}]}`);
    expect(verdict([monitoring], 'default/')).to.equal('denied');
    expect(verdict([monitoring], 'default/type=monitoring')).to.equal('denied');
    expect(verdict([monitoring], 'other/')).to.equal('denied');
    expect(verdict([monitoring], 'other/type=monitoring')).to.equal('allowed');
  });

  it('08 allows external traffic', () => {
    expect(verdict([DENY_WEB, ALLOW_WEB], '192.0.2.1')).to.equal('allowed');
    expect(verdict([DENY_WEB], '192.0.2.1')).to.equal('denied');
  });

  it('09 allows traffic only to a port of an application', () => {
    const service: Service = {
      namespace: 'default',
      name: 'apiserver',
      selector: { app: 'apiserver' },
      clusterIPs: [],
      ports: [
        { port: 8001, targetPort: 8000, protocol: 'TCP' },
        { port: 5001, targetPort: 5000, protocol: 'TCP' },
      ],
    };
    const only5000 = policy(
      'default',
      '{podSelector: {matchLabels: {app: apiserver}}, ingress: [{ports: [{port: 5000}], from: [{podSelector: {matchLabels: {role: monitoring}}}]}]}',
    );
    const pods = [
      pod('default/server', { app: 'apiserver' }, [8000, 5000]),
      pod('default/plain', {}),
      pod('default/monitor', { role: 'monitoring' }),
    ];
    const oracle = compile({ ...cluster(pods, [only5000]), services: [service] });
    const through = (from: string, port: number) => {
      const cell = {
        from,
        to: 'default/apiserver',
        port,
        protocol: 'TCP',
        path: 'cluster-ip',
        family: 'IPv4',
      } as const;
      return expectedOf(oracle, { ...cell, method: 'wget' }).expected;
    };
    expect([through('default/plain', 8001), through('default/plain', 5001)]).to.deep.equal(['closed', 'closed']);
    expect([through('default/monitor', 8001), through('default/monitor', 5001)]).to.deep.equal(['closed', 'open']);
  });

  it('10 allows traffic with several selectors', () => {
    const peers = ['search', 'api', 'web'].map(
      (role) => `{podSelector: {matchLabels: {app: bookstore, role: ${role}}}}`,
    );
    const inventory = '{podSelector: {matchLabels: {app: inventory, role: web}}}';
    const several = policy(
      'default',
      `{podSelector: {matchLabels: {app: bookstore, role: db}}, ingress: [{from: [${[...peers.slice(0, 2), inventory].join(', ')}]}]}`,
    );
    const db = { app: 'bookstore', role: 'db' };
    expect(verdict([several], 'default/app=inventory,role=web', db)).to.equal('allowed');
    expect(verdict([several], 'default/app=bookstore,role=search', db)).to.equal('allowed');
    expect(verdict([several], 'default/app=other', db)).to.equal('denied');
  });

  const WEB_SERVICE: Service = {
    namespace: 'default',
    name: 'web',
    selector: { app: 'web' },
    clusterIPs: [],
    ports: [{ port: 80, protocol: 'TCP' }],
  };
  const egress = (policies: readonly NetworkPolicy[], to: string, path: Cell['path']) => {
    const pods = [pod('default/foo', { app: 'foo' }), pod('default/web', { app: 'web' })];
    const oracle = compile({ ...cluster(pods, policies), services: [WEB_SERVICE] });
    const cell = { from: 'default/foo', to, port: 80, protocol: 'TCP', path, family: 'IPv4', method: 'wget' } as const;
    return expectedOf(oracle, cell).expected;
  };
  const FOO = 'podSelector: {matchLabels: {app: foo}}';

  it('11 denies egress from an application: first the name does not resolve, then the connection is closed', () => {
    const all = policy('default', `{${FOO}, policyTypes: [Egress], egress: []}`);
    expect(egress([all], 'default/web', 'dns')).to.equal('unresolved');
    const butDns = policy('default', `{${FOO}, policyTypes: [Egress], ${ONLY_DNS}}`);
    expect(egress([butDns], 'default/web', 'dns')).to.equal('closed');
    expect(egress([butDns], '192.0.2.1', 'outside')).to.equal('closed');
  });

  it('12 denies all egress from a namespace', () => {
    const all = policy('default', '{podSelector: {}, policyTypes: [Egress], egress: []}');
    expect(egress([all], 'default/web', 'dns')).to.equal('unresolved');
    expect(egress([all], 'default/web', 'pod-ip')).to.equal('closed');
  });

  it('14 as its manifest is written allows only DNS, to web in the cluster too, unlike its text says', () => {
    const external = policy('default', `{${FOO}, policyTypes: [Egress], ${ONLY_DNS}}`);
    expect(egress([external], 'default/web', 'cluster-ip')).to.equal('closed');
    expect(egress([external], '192.0.2.1', 'outside')).to.equal('closed');
  });
});
