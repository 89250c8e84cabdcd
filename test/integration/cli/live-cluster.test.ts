import { expect } from 'chai';
import { connect } from '../../../src/adapters/kube/connect.ts';
import { systemClock } from '../../../src/adapters/system-clock.ts';
import { readOracleSource } from '../../../src/cli/oracle-input.ts';
import { answer } from '../../../src/core/oracle/answer.ts';
import { compile } from '../../../src/core/oracle/oracle.ts';
import { questionOf } from '../../../src/core/oracle/question.ts';
import { type FakeApiServer, startFakeApiServer, status } from '../../support/fake-api-server.ts';

const pod = (name: string, ip: string, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'x', labels: { app: name }, ...more },
  spec: { nodeName: 'n1', containers: [] },
  status: { phase: 'Running', podIPs: [{ ip }] },
});
const NODE = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'n2' },
  status: { addresses: [{ type: 'InternalIP', address: '172.18.0.3' }] },
};
const policy = (spec: object) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'p', namespace: 'x', managedFields: [], newField: 1 },
  spec,
});

describe('a live cluster, asked about', () => {
  const sourceOf = async (api: FakeApiServer) => {
    const cluster = await connect({ kubeconfig: api.kubeconfig, clock: systemClock, provider: 'kubeconfig' });
    return readOracleSource({ files: [], cluster });
  };
  const ask = async (api: FakeApiServer, from: string, to: string) => {
    const oracle = compile((await sourceOf(api)).state);
    const question = questionOf(oracle, { from, to, port: 80, protocol: 'TCP' });
    if ('unknown' in question) throw new Error(`no ${question.unknown}`);
    return answer(oracle, question);
  };

  it('has its nodes, pods and Services behind addresses, without pods that are to end', async () => {
    await using api = await startFakeApiServer();
    api.put(NODE);
    api.put(pod('a', '10.244.0.1'));
    api.put(pod('going', '10.244.0.2', { deletionTimestamp: '2026-01-01T00:00:00Z', labels: { app: 'a' } }));
    const spec = { selector: { app: 'a' }, clusterIP: '10.96.0.9', ports: [{ port: 80 }] };
    api.put({ apiVersion: 'v1', kind: 'Service', metadata: { name: 's', namespace: 'x' }, spec });
    expect(await ask(api, '172.18.0.3', '10.244.0.1')).to.deep.include({ from: 'node n2', to: 'x/a' });
    const { backends } = await ask(api, 'x/going', '10.96.0.9');
    expect(backends.map(({ to }) => to)).to.deep.equal(['x/a']);
  });

  it('may hold what older API servers took', async () => {
    await using api = await startFakeApiServer();
    api.put(pod('a', '10.244.0.1'));
    const values = { matchExpressions: [{ key: 'a', operator: 'NotIn', values: ['no value!'] }] };
    api.put(policy({ podSelector: values, ingress: [{ from: [{ ipBlock: { cidr: '010.0.0.7/8' } }] }] }));
    expect((await ask(api, '10.9.9.9', 'x/a')).verdict).to.equal('allowed');
    expect((await ask(api, '11.9.9.9', 'x/a')).verdict).to.equal('denied');
  });

  it("is noted to have others' policies, and nodes that may not be listed", async () => {
    await using api = await startFakeApiServer();
    api.put(pod('a', '10.244.0.1'));
    for (const name of ['one', 'two']) {
      api.put({ apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name, namespace: 'x' } });
    }
    api.script('GET', '/nodes', { status: 403, body: status(403, 'Forbidden', 'nodes is forbidden') });
    const [nodes, cilium] = (await sourceOf(api)).notes;
    expect(nodes).to.match(/^nodes' addresses are taken for strangers': .*nodes is forbidden/);
    expect(cilium).to.equal(
      "CiliumNetworkPolicy of cilium.io/v2 in the cluster is not considered: only Kubernetes' own NetworkPolicy is (2 of them)",
    );
  });
});
