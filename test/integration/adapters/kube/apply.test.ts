import { expect } from 'chai';
import { parse } from 'yaml';
import { connect } from '../../../../src/adapters/kube/connect.ts';
import { systemClock } from '../../../../src/adapters/system-clock.ts';
import type { Cluster, KubeObject } from '../../../../src/ports/cluster.ts';
import { failure } from '../../../support/failure.ts';
import { type FakeApiServer, startFakeApiServer, status } from '../../../support/fake-api-server.ts';

/** Everything that the client's typed models are known to lose or rename, and scalars that a round trip could change. */
const policy = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
  namespace: np-1
  annotations: { version: "1.10", yes: "on" }
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
  ingress:
    - from:
        - podSelector: { matchLabels: { app: "1" } }
          namespaceSelector: {}
      ports:
        - { port: 80, endPort: 90 }
        - { port: http }
    - {}
  egress: []
`;

describe('kube: what is sent', () => {
  let api: FakeApiServer;
  let cluster: Cluster;
  beforeEach(async () => {
    api = await startFakeApiServer();
    cluster = await connect({ kubeconfig: api.kubeconfig, clock: systemClock, provider: 'test', retryMs: 2_000 });
  });
  afterEach(() => api[Symbol.asyncDispose]());

  it('applies a policy byte for byte, with strict validation', async () => {
    const object: KubeObject = parse(policy);
    await cluster.apply(object);
    const sent = api.requests.at(-1)!;
    expect(sent.body).to.equal(JSON.stringify(parse(policy)));
    expect(sent.body).to.include('"from":[{').and.not.include('_from');
    expect(JSON.parse(sent.body)).to.deep.equal(parse(policy));
    expect(sent.method).to.equal('PATCH');
    expect(sent.path).to.equal('/apis/networking.k8s.io/v1/namespaces/np-1/networkpolicies/web');
    expect(Object.fromEntries(sent.query)).to.deep.equal({
      fieldManager: 'netproof',
      force: 'true',
      fieldValidation: 'Strict',
    });
    expect(sent.headers['content-type']).to.equal('application/apply-patch+yaml');
    expect(sent.headers.authorization).to.equal('Bearer secret-token');
  });

  it('sends an empty ingress list as such, and a misspelt field too: the server is to refuse it', async () => {
    const closed = { ...parse(policy), spec: { podSelector: {}, ingress: [] } };
    const misspelt = { ...parse(policy), spec: { podSelector: {}, ingress: [{ form: [] }] } };
    await cluster.apply(closed);
    await cluster.apply(misspelt);
    expect(api.requests.slice(-2).map(({ body }) => JSON.parse(body).spec.ingress)).to.deep.equal([[], [{ form: [] }]]);
  });

  it('finds the path of a kind by discovery, once, and keeps the connection', async () => {
    await cluster.apply(parse(policy));
    await cluster.apply(parse(policy));
    await cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'np-1' } });
    const paths = api.requests.map(({ path }) => path);
    expect(paths.filter((path) => path === '/apis/networking.k8s.io/v1')).to.have.length(1);
    expect(paths.at(-1)).to.equal('/api/v1/namespaces/np-1');
    expect(new Set(api.requests.map(({ connection }) => connection)).size).to.equal(1);
  });

  it('waits for a kind that a new definition brings', async () => {
    api.script('GET', '/apis/crd.example.org/v1', { status: 404 }, { status: 200, body: { resources: [] } });
    api.script('GET', '/apis/crd.example.org/v1', {
      status: 200,
      body: {
        resources: [
          { name: 'widgets', kind: 'Widget', namespaced: false },
          { name: 'widgets/status', kind: 'Widget', namespaced: false },
        ],
      },
    });
    await cluster.apply({ apiVersion: 'crd.example.org/v1', kind: 'Widget', metadata: { name: 'one' } });
    expect(api.requests.at(-1)?.path).to.equal('/apis/crd.example.org/v1/widgets/one');
  });

  it('refuses to guess a namespace', async () => {
    const error = await failure(cluster.apply({ ...parse(policy), metadata: { name: 'web' } }));
    expect(error.code).to.equal('namespace-missing');
    expect(api.requests.filter(({ method }) => method === 'PATCH')).to.have.length(0);
  });

  it('says that a kind is not served, without waiting, when asked to list it', async () => {
    api.script('GET', '/apis/crd.example.org/v1', { status: 404 });
    const error = await failure(cluster.list({ apiVersion: 'crd.example.org/v1', kind: 'Widget' }));
    expect(error.code).to.equal('kind-unknown');
  });

  it('patches, gets, lists raw and deletes', async () => {
    await cluster.apply(parse(policy));
    const ref = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', namespace: 'np-1', name: 'web' };
    await cluster.patch(ref, { metadata: { labels: { a: '1', gone: null } } });
    const patch = api.requests.at(-1)!;
    expect(patch.headers['content-type']).to.equal('application/merge-patch+json');
    expect(patch.body).to.equal('{"metadata":{"labels":{"a":"1","gone":null}}}');
    expect((await cluster.get(ref))?.spec).to.deep.equal(parse(policy).spec);
    const [listed] = await cluster.list({ ...ref, labelSelector: 'a=1' });
    expect(listed).to.include({ apiVersion: ref.apiVersion, kind: 'NetworkPolicy' });
    expect(listed?.spec).to.deep.equal(parse(policy).spec);
    await cluster.delete(ref, { graceSeconds: 0 });
    expect(JSON.parse(api.requests.at(-1)!.body)).to.include({
      propagationPolicy: 'Background',
      gracePeriodSeconds: 0,
    });
    await cluster.delete(ref);
    expect(await cluster.get(ref)).to.equal(undefined);
  });

  it("hands on the server's own words", async () => {
    const words = 'strict decoding error: unknown field "status"';
    api.script('PATCH', 'networkpolicies', { status: 400, body: status(400, 'BadRequest', words) });
    const refused = await failure(cluster.apply(parse(policy)));
    expect(refused).to.include({
      code: 'api-bad-request',
      message: `cannot apply NetworkPolicy np-1/web: ${words}`,
      exitCode: 3,
    });
    api.script('GET', '/pods', {
      status: 403,
      body: status(403, 'Forbidden', 'pods is forbidden: User "u" cannot list'),
    });
    const forbidden = await failure(cluster.list({ apiVersion: 'v1', kind: 'Pod', namespace: 'x' }));
    expect(forbidden.code).to.equal('api-forbidden');
    expect(forbidden.message).to.equal('cannot list Pod objects in x: pods is forbidden: User "u" cannot list');
    expect(forbidden.hint).to.match(/permission/);
  });
});
