import { expect } from 'chai';
import type { Cell } from '../../../../src/core/matrix/cell.ts';
import type { Pod } from '../../../../src/core/model/pod.ts';
import type { NetworkPolicy } from '../../../../src/core/model/policy.ts';
import type { Service } from '../../../../src/core/model/service.ts';
import { expectedOf } from '../../../../src/core/oracle/expected-of.ts';
import { compile } from '../../../../src/core/oracle/oracle.ts';
import { cluster, pods, policy } from '../../../support/oracle/cluster.ts';

const service = (name: string, selector: Record<string, string>, more: Partial<Service> = {}): Service => ({
  namespace: 'y',
  name,
  selector,
  ports: [{ port: 8080, targetPort: 80, protocol: 'TCP' }],
  clusterIPs: ['10.96.0.10'],
  ...more,
});

const ask = (
  cell: Partial<Cell>,
  policies: readonly NetworkPolicy[],
  services: readonly Service[] = [],
  all: readonly Pod[] = pods('x/a y/a y/b', { 'y/a': { app: 's' }, 'y/b': { app: 's' } }),
) => {
  const base = {
    from: 'x/a',
    to: 'y/a',
    port: 80,
    protocol: 'TCP',
    path: 'pod-ip',
    family: 'IPv4',
    method: 'agent',
  } as const;
  return expectedOf(compile({ ...cluster(all, policies), services }), { ...base, ...cell });
};

const DENY_Y = policy('y', '{podSelector: {}}');
const DENY_YB = policy('y', '{podSelector: {matchLabels: {pod: b}}}');
const DENY_EGRESS = policy('x', '{policyTypes: [Egress]}');
const DNS_ONLY = policy(
  'x',
  '{policyTypes: [Egress], egress: [{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector: {matchLabels: {k8s-app: kube-dns}}}], ports: [{port: 53, protocol: UDP}, {port: 53}]}]}',
);
const S = service('s', { app: 's' });

describe('the expectation of a cell', () => {
  it('by pod address is the verdict', () => {
    expect(ask({}, []).expected).to.equal('open');
    expect(ask({}, [DENY_Y]).expected).to.equal('closed');
    expect(ask({ from: 'y/a', to: 'y/a' }, [DENY_Y]).expected).to.equal('open');
  });

  it('says which policy decides', () => {
    expect(ask({}, [DENY_Y]).explanation).to.equal(
      [
        'x/a -> y/a:80/TCP: denied',
        '  egress of x/a: allowed: no policy isolates it',
        '  ingress of y/a: denied: no rule of the 1 policy that isolates it admits it',
        `    y/${DENY_Y.metadata.name} has no ingress rules, so it admits nothing`,
        `    to open it, add to spec.ingress of y/${DENY_Y.metadata.name}: {"from":[{"namespaceSelector":{"matchLabels":{"kubernetes.io/metadata.name":"x"}},"podSelector":{"matchLabels":{"pod":"a"}}}],"ports":[{"protocol":"TCP","port":80}]}`,
      ].join('\n'),
    );
  });

  it("by ClusterIP is that of the backends' own port", () => {
    const cell = { to: 'y/s', path: 'cluster-ip', port: 8080 } as const;
    const only80 = policy('y', '{ingress: [{ports: [{port: 80}]}]}');
    const only8080 = policy('y', '{ingress: [{ports: [{port: 8080}]}]}');
    expect(ask(cell, [only80], [S]).expected).to.equal('open');
    expect(ask(cell, [only8080], [S]).expected).to.equal('closed');
    const named = service('s', { app: 's' }, { ports: [{ port: 8080, targetPort: 'serve-81-tcp', protocol: 'TCP' }] });
    expect(ask(cell, [only80], [named]).expected).to.equal('closed');
    expect(ask(cell, [policy('y', '{ingress: [{ports: [{port: serve-81-tcp}]}]}')], [named]).expected).to.equal('open');
  });

  it('by ClusterIP is reported where backends differ', () => {
    const { expected, explanation } = ask({ to: 'y/s', path: 'cluster-ip', port: 8080 }, [DENY_YB], [S]);
    expect(expected).to.equal('reported');
    expect(explanation).to.match(/^the backends of y\/s have different verdicts:\nx\/a -> y\/a/);
  });

  it('by ClusterIP is closed without a backend or port', () => {
    const cell = { to: 'y/s', path: 'cluster-ip', port: 8080 } as const;
    expect(ask(cell, [], [service('s', { app: 'none' })]).expected).to.equal('closed');
    expect(ask(cell, [], [service('s', {})]).expected).to.equal('closed');
    expect(ask({ ...cell, port: 81 }, [], [S]).explanation).to.equal('y/s has no backend on port 81/TCP');
    const unnamed = service('s', { app: 's' }, { ports: [{ port: 8080, targetPort: 'nobody', protocol: 'TCP' }] });
    expect(ask(cell, [], [unnamed]).expected).to.equal('closed');
  });

  it('by ClusterIP does not judge what an ipBlock sees, unless it sees the same', () => {
    const cell = { to: 'y/s', path: 'cluster-ip', port: 8080 } as const;
    const block = (cidr: string) =>
      policy('x', `{policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: ${cidr}}}]}]}`);
    expect(ask(cell, [block('10.244.0.0/16')], [S]).expected).to.equal('reported');
    expect(ask(cell, [block('10.96.0.0/16')], [S]).expected).to.equal('reported');
    expect(ask(cell, [block('10.0.0.0/8')], [S]).expected).to.equal('open');
    expect(ask(cell, [block('11.0.0.0/8')], [S]).expected).to.equal('closed');
    expect(ask(cell, [block('0.0.0.0/0')], [{ ...S, clusterIPs: [] }]).expected).to.equal('open');
    expect(ask(cell, [block('10.244.0.0/16')], [{ ...S, clusterIPs: [] }]).expected).to.equal('reported');
  });

  it('of a pod through its own Service is open, or reported where policy stops it', () => {
    const own = service('own', { pod: 'a' });
    const cell = { from: 'y/a', to: 'y/own', path: 'cluster-ip', port: 8080 } as const;
    expect(ask(cell, [], [own]).expected).to.equal('open');
    expect(ask(cell, [DENY_Y], [own]).expected).to.equal('reported');
    expect(ask(cell, [policy('y', '{ingress: [{from: [{podSelector: {}}]}]}')], [own]).expected).to.equal('open');
  });

  it('by name is unresolved where DNS is closed', () => {
    const cell = { to: 'y/s', path: 'dns', port: 8080 } as const;
    expect(ask(cell, [], [S]).expected).to.equal('open');
    const { expected, explanation } = ask(cell, [DENY_EGRESS], [S]);
    expect(expected).to.equal('unresolved');
    expect(explanation).to.match(
      /^the name does not resolve, for DNS is closed:\nx\/a -> kube-system\/kube-dns:53\/UDP: denied/,
    );
    expect(ask(cell, [DNS_ONLY], [S]).expected).to.equal('closed');
    expect(ask(cell, [DENY_Y], [S]).expected).to.equal('closed');
  });

  it('by name asks the DNS pods of the state, by Service or by label', () => {
    const cell = { to: 'y/s', path: 'dns', port: 8080 } as const;
    const dns = { ...pods('kube-system/dns')[0]!, labels: { app: 'own-dns' } };
    const all = [...pods('x/a y/a', { 'y/a': { app: 's' } }), dns];
    const kubeDns = { ...service('kube-dns', { app: 'own-dns' }), namespace: 'kube-system' };
    expect(ask(cell, [DNS_ONLY], [S, kubeDns], all).expected).to.equal('unresolved');
    expect(ask(cell, [DNS_ONLY], [S], all).expected).to.equal('closed');
    const closedDns = policy('kube-system', '{podSelector: {}}');
    expect(ask(cell, [closedDns], [S, kubeDns], all).expected).to.equal('unresolved');
  });

  it('by the name of a headless Service is that of the pods, on the dialled port', () => {
    const headless = service('s', { app: 's' }, { clusterIPs: ['None'] });
    const only81 = policy('y', '{ingress: [{ports: [{port: 81}]}]}');
    expect(ask({ to: 'y/s', path: 'dns', port: 81 }, [only81], [headless]).expected).to.equal('open');
    expect(ask({ to: 'y/s', path: 'dns', port: 8080 }, [only81], [headless]).expected).to.equal('closed');
  });

  it('by NodePort and host port is judged only where rewritten addresses do not matter', () => {
    for (const cell of [
      { to: 'y/s', path: 'node-port', port: 8080 },
      { to: 'y/a', path: 'host-port', port: 80 },
    ] as const) {
      expect(ask(cell, [], [S]).expected).to.equal('open');
      expect(ask(cell, [DENY_Y], [S]).expected).to.equal('closed');
      expect(ask(cell, [DENY_EGRESS], [S]).expected).to.equal('closed');
      expect(ask(cell, [policy('y', '{ingress: [{from: [{namespaceSelector: {}}]}]}')], [S]).expected).to.equal(
        'reported',
      );
      expect(ask(cell, [policy('y', '{ingress: [{}]}')], [S]).expected).to.equal('open');
    }
  });

  it('of a node is open for ingress-only policies, and reported for the own node where egress is closed', () => {
    const all = pods('x/a y/a').map((pod, i) => ({ ...pod, node: `n${i}` }));
    expect(ask({ to: 'x/a', path: 'node' }, [], [], all).expected).to.equal('open');
    expect(ask({ to: 'x/a', path: 'node' }, [DENY_EGRESS], [], all).expected).to.equal('reported');
    expect(ask({ to: 'node/n1', path: 'node' }, [DENY_EGRESS], [], all).expected).to.equal('closed');
    expect(ask({ to: 'x/a', path: 'node' }, []).expected).to.equal('open');
    expect(ask({ to: 'x/a', path: 'node' }, [DENY_EGRESS]).expected).to.equal('reported');
    expect(() => ask({ to: 'x/none', path: 'node' }, [])).to.throw(RangeError, 'there is no pod x/none');
  });

  it('from a host outside follows blocks and empty peers, never selectors', () => {
    const hosts = [{ name: 'outside/h', ips: ['192.0.2.7'] }];
    const from = (cell: Partial<Cell>, rule: string, more: Partial<Service> = {}) => {
      const state = { ...cluster(pods('y/a', { 'y/a': { app: 's' } }), [policy('y', rule)]), hosts };
      const oracle = compile({ ...state, services: [service('s', { app: 's' }, more)] });
      const base = {
        from: 'outside/h',
        to: 'y/a',
        port: 80,
        protocol: 'TCP',
        family: 'IPv4',
        method: 'agent',
      } as const;
      return expectedOf(oracle, { ...base, path: 'pod-ip', ...cell }).expected;
    };
    expect(from({}, '{ingress: [{from: [{ipBlock: {cidr: 192.0.2.7/32}}]}]}')).to.equal('open');
    expect(from({}, '{ingress: [{from: [{ipBlock: {cidr: 192.0.2.8/32}}]}]}')).to.equal('closed');
    expect(from({}, '{ingress: [{}]}')).to.equal('open');
    expect(from({}, '{ingress: [{from: [{namespaceSelector: {}}]}]}')).to.equal('closed');
    const nodePort = { to: 'y/s', path: 'node-port', port: 8080 } as const;
    const only7 = '{ingress: [{from: [{ipBlock: {cidr: 192.0.2.7/32}}]}]}';
    expect(from(nodePort, only7, { externalTrafficPolicy: 'Local' })).to.equal('open');
    expect(from(nodePort, '{podSelector: {}}', { externalTrafficPolicy: 'Local' })).to.equal('closed');
    expect(from(nodePort, only7, { externalTrafficPolicy: 'Cluster' })).to.equal('reported');
    expect(from(nodePort, '{podSelector: {}}', { externalTrafficPolicy: 'Cluster' })).to.equal('closed');
  });

  it('by a host port asks for the port that it leads to', () => {
    const all = pods('x/a y/a').map((pod) => ({
      ...pod,
      ports: [{ port: 80, protocol: 'TCP' as const, hostPort: 30_080 }],
    }));
    const cell = { to: 'y/a', path: 'host-port', port: 30_080 } as const;
    expect(ask(cell, [policy('y', '{ingress: [{ports: [{port: 80}]}]}')], [], all).expected).to.equal('open');
    expect(ask(cell, [policy('y', '{ingress: [{ports: [{port: 30080}]}]}')], [], all).expected).to.equal('closed');
  });

  it('of an outside address follows the blocks', () => {
    const block = policy('x', '{policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 192.0.2.0/24}}]}]}');
    expect(ask({ to: '192.0.2.7', path: 'outside' }, [block]).expected).to.equal('open');
    expect(ask({ to: '198.51.100.7', path: 'outside' }, [block]).expected).to.equal('closed');
    expect(ask({ to: 'outside/web', path: 'outside' }, [block]).expected).to.equal('reported');
    expect(ask({ to: 'outside/web', path: 'outside' }, [DENY_EGRESS]).expected).to.equal('closed');
  });

  it('refuses names that are not there', () => {
    expect(() => ask({ from: 'x/none' }, [])).to.throw(RangeError, 'there is no pod x/none');
    expect(() => ask({ to: 'y/none', path: 'cluster-ip' }, [])).to.throw(RangeError, 'there is no Service y/none');
  });
});
