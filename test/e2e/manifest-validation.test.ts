import { expect } from 'chai';
import * as fc from 'fast-check';
import { connect } from '../../src/adapters/kube/connect.ts';
import { loadEndpoint } from '../../src/adapters/kube/endpoint.ts';
import { createSend, type Send } from '../../src/adapters/kube/requests.ts';
import { createTransport } from '../../src/adapters/kube/transport.ts';
import { systemClock } from '../../src/adapters/system-clock.ts';
import type { NetworkPolicy } from '../../src/core/model/policy.ts';
import { readManifests } from '../../src/formats/manifest.ts';
import { parseYaml } from '../../src/formats/yaml-document.ts';
import type { Cluster } from '../../src/ports/cluster.ts';
import { policies } from '../support/oracle/arbitrary.ts';
import { manifestText } from '../support/oracle/manifest-text.ts';
import { SPOILS } from '../support/oracle/spoiled.ts';
import { BROKEN, brokenText } from '../unit/formats/broken-manifests.ts';
import { CLUSTER_TIMEOUT_MS, standingCluster } from './support/standing-cluster.ts';

const NAMESPACE = `np-validation-${process.pid}`;
/** Where we are stricter on purpose: the server takes an empty item for "everything". */
const STRICTER = new Set(['an empty list item']);

const HEAD = 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: ';

/** Texts that are read alike only if the YAML is: each is taken or refused by both. */
const TEXTS: Readonly<Record<string, string>> = {
  'a merge key': `${HEAD}{name: a, labels: &l {a: b}}\nspec: {podSelector: {matchLabels: {<<: *l, c: d}}}\n`,
  'a merge key that repeats a key': `${HEAD}{name: a, labels: &l {a: b}}\nspec: {podSelector: {matchLabels: {<<: *l, a: d}}}\n`,
  'ports in octal and hexadecimal': `${HEAD}{name: a}\nspec: {ingress: [{ports: [{port: 0120}, {port: 0X50}, {port: 8_0}]}]}\n`,
  'a null key': `${HEAD}{name: a, labels: {~: b}}\nspec: {}\n`,
  'an empty namespace': `${HEAD}{name: a, namespace: ""}\nspec: {}\n`,
  'an IPv4-compatible address': `${HEAD}{name: a}\nspec: {ingress: [{from: [{ipBlock: {cidr: "::10.0.0.0/128"}}]}]}\n`,
  'a good finalizer': `${HEAD}{name: a, finalizers: [example.com/a]}\nspec: {}\n`,
  'a null annotation': `${HEAD}{name: a, annotations: {Example.com/A: }}\nspec: {}\n`,
  ...Object.fromEntries(
    ['0X1F', '0B1', '0x1_0', '1_0.5', '1_', '1_a', '08', '+.5_0', '1.2.3', '2001-01-01', '0o17'].map((value) => [
      `a label value ${value}`,
      `${HEAD}{name: a, labels: {a: ${value}}}\nspec: {}\n`,
    ]),
  ),
};

describe("the API server's verdict on policies, and ours", function () {
  this.timeout(CLUSTER_TIMEOUT_MS);
  let cluster: Cluster;
  let send: Send;

  before(async () => {
    const choice = await standingCluster();
    const endpoint = await loadEndpoint(choice);
    const transport = createTransport(endpoint, systemClock);
    send = createSend({ transport, endpoint, clock: systemClock, retryMs: 40_000 });
    cluster = await connect({ ...choice, clock: systemClock });
    await cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
  });
  after(async () => {
    await cluster?.delete({ apiVersion: 'v1', kind: 'Namespace', name: NAMESPACE });
  });

  /** Whether the server would create what the text says, byte for byte, in a namespace without pods. */
  const taken = async (text: string): Promise<boolean> => {
    const path = `/apis/networking.k8s.io/v1/namespaces/${NAMESPACE}/networkpolicies?dryRun=All&fieldValidation=Strict`;
    const { status, body } = await send({ method: 'POST', path, contentType: 'application/yaml', body: text });
    if (status === 201) return true;
    if (status === 400 || status === 422) return false;
    throw new Error(`the API server answered ${status}: ${body}`);
  };
  const inOurs = (text: string) => text.replace(/\bnamespace: x\b/, `namespace: ${NAMESPACE}`);

  for (const broken of BROKEN.filter(({ title }) => !STRICTER.has(title))) {
    const fields = parseYaml(brokenText(broken), 'f.yaml', 'kubernetes').documents[0]?.root.fields;
    const [kind, apiVersion] = [fields?.get('kind')?.value, fields?.get('apiVersion')?.value];
    if (kind !== 'NetworkPolicy' || apiVersion !== 'networking.k8s.io/v1') continue;
    it(`refuses ${broken.title}, as we do`, async () => {
      expect(await taken(inOurs(brokenText(broken)))).to.equal(false);
    });
  }

  for (const [title, text] of Object.entries(TEXTS)) {
    it(`says of ${title} what we say`, async () => {
      const { problems } = readManifests(text, 'f.yaml');
      expect(await taken(text), JSON.stringify(problems)).to.equal(problems.length === 0);
    });
  }

  /** Each policy of some made by chance, changed and under a name of its own. */
  const made = (change: (spec: NetworkPolicy['spec'], index: number) => object) =>
    fc
      .sample(policies, { numRuns: 60, seed: 4 })
      .flat()
      .map(({ spec }, i) => {
        const metadata = { name: `asked-${i}`, namespace: NAMESPACE };
        return manifestText({ metadata, spec: change(spec, i) } as NetworkPolicy);
      });

  it('agree on policies made by chance', async () => {
    for (const text of made((spec) => spec)) {
      const { problems } = readManifests(text, 'f.yaml');
      expect(await taken(text), text).to.equal(problems.length === 0);
    }
  });

  it('refuse the same with one thing spoiled', async () => {
    for (const text of made((spec, i) => ({ ...spec, ...SPOILS[i % SPOILS.length] }))) {
      expect(readManifests(text, 'f.yaml').problems, text).not.to.deep.equal([]);
      expect(await taken(text), text).to.equal(false);
    }
  });
});
