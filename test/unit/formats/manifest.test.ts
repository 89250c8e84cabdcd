import { expect } from 'chai';
import { readManifest, readManifests } from '../../../src/formats/manifest.ts';
import { stateFrom } from '../../../src/formats/manifest-state.ts';
import { parseYaml } from '../../../src/formats/yaml-document.ts';
import { nodeAt } from '../../../src/formats/yaml-node.ts';
import { BROKEN, brokenText, policyText as policy } from './broken-manifests.ts';

describe('broken manifests', () => {
  for (const broken of BROKEN) {
    const { title, problems } = broken;
    it(title, () => {
      const read = readManifests(brokenText(broken), 'f.yaml');
      const found = read.problems.map(({ code, message, hint, position }) => {
        expect(position?.file).to.equal('f.yaml');
        return `${position?.line}:${position?.column} ${code} ${message}${hint ? ` [${hint}]` : ''}`;
      });
      expect(found).to.deep.equal(problems);
      expect(read.documents).to.deep.equal([]);
    });
  }
});

describe('manifests', () => {
  it('give policies as stated: absent, empty and {} stay apart', () => {
    const specs = [
      'podSelector: {}',
      'ingress: []',
      'ingress: [{}]',
      'ingress: [{from: [], ports: []}]',
      'egress: null',
    ];
    const read = specs.map((spec) => readManifests(policy(spec), 'f.yaml').documents[0]?.policy?.spec);
    expect(read).to.deep.equal([
      { podSelector: {} },
      { ingress: [] },
      { ingress: [{}] },
      { ingress: [{ from: [], ports: [] }] },
      {},
    ]);
  });

  it('read every field of the API', () => {
    const spec = `podSelector: {matchLabels: {app: web, example.com/tier: ""}}
  policyTypes: [Egress, Ingress]
  ingress:
  - from:
    - namespaceSelector: {matchExpressions: [{key: a, operator: NotIn, values: [b, c]}, {key: d, operator: Exists, values: []}]}
      podSelector: {}
    - ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16, 10.1.2.0/24]}
    - ipBlock: {cidr: "2001:DB8:0:0::/32"}
    ports: [{port: 80}, {protocol: UDP, port: dns}, {protocol: SCTP, port: 1000, endPort: 1000}, {}]`;
    const { documents, problems } = readManifests(policy(spec), 'f.yaml');
    expect(problems).to.deep.equal([]);
    expect(documents[0]?.policy).to.deep.equal({
      metadata: { name: 'a', namespace: 'x' },
      spec: {
        podSelector: { matchLabels: { app: 'web', 'example.com/tier': '' } },
        policyTypes: ['Egress', 'Ingress'],
        ingress: [
          {
            from: [
              {
                namespaceSelector: {
                  matchExpressions: [
                    { key: 'a', operator: 'NotIn', values: ['b', 'c'] },
                    { key: 'd', operator: 'Exists' },
                  ],
                },
                podSelector: {},
              },
              { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '10.1.2.0/24'] } },
              { ipBlock: { cidr: '2001:DB8:0:0::/32' } },
            ],
            ports: [
              { port: 80 },
              { protocol: 'UDP', port: 'dns' },
              { protocol: 'SCTP', port: 1000, endPort: 1000 },
              {},
            ],
          },
        ],
      },
    });
  });

  it('leave status out, with a note', () => {
    const { documents, notes } = readManifests(`${policy('podSelector: {}')}status: {}\n`, 'example.yaml');
    expect(notes).to.deep.equal(['status left out of example.yaml:6:1']);
    expect(documents[0]?.tree).to.have.all.keys('apiVersion', 'kind', 'metadata', 'spec');
  });

  it('put policies without a namespace into the given one, and the tree stays as written', () => {
    const text = 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a}\n';
    const [inDefault] = readManifests(text, 'f.yaml').documents;
    const [inX] = readManifests(text, 'f.yaml', { namespace: 'x' }).documents;
    expect(inDefault?.policy).to.deep.equal({ metadata: { name: 'a', namespace: 'default' }, spec: {} });
    expect(inX?.policy?.metadata.namespace).to.equal('x');
    expect(inX?.namespace).to.equal(undefined);
    expect(inX?.tree.metadata).to.deep.equal({ name: 'a' });
  });

  it('take lists apart', () => {
    const item = '{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: NAME}}';
    const text = `apiVersion: v1\nkind: List\nitems:\n- ${item.replace('NAME', 'a')}\n- ${item.replace('NAME', 'b')}\n`;
    expect(readManifests(text, 'f.yaml').documents.map(({ name }) => name)).to.deep.equal(['a', 'b']);
  });

  it('take lists in lists apart, and items of typed lists that name no kind', () => {
    const typed = `{apiVersion: networking.k8s.io/v1, kind: NetworkPolicyList, items: [{metadata: {name: a}}]}`;
    const text = `apiVersion: v1\nkind: List\nitems:\n- ${typed}\n- {apiVersion: v1, kind: PodList, items: }\n`;
    const { documents, problems } = readManifests(text, 'f.yaml');
    expect(problems).to.deep.equal([]);
    expect(documents.map(({ kind, policy: own }) => [kind, own?.metadata.name])).to.deep.equal([
      ['NetworkPolicy', 'a'],
    ]);
    expect(documents[0]?.tree.kind).to.equal('NetworkPolicy');
    const untyped = 'apiVersion: v1\nkind: List\nitems: [{metadata: {name: a}}]\n';
    expect(readManifests(untyped, 'f.yaml').problems.map(({ code }) => code)).to.deep.equal([
      'manifest-missing',
      'manifest-missing',
    ]);
  });

  it('may have an empty namespace, names with rules of their own, and kinds named like anything', () => {
    const text = `${policy('podSelector: {}').replace('namespace: x', 'namespace: ""')}---
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: "system:reader"}}
---
{apiVersion: example.com/v1, kind: constructor, metadata: {name: a}}
---
{apiVersion: example.com/v1, kind: toString, metadata: {name: a}}
`;
    const { documents, problems } = readManifests(text, 'f.yaml');
    expect(problems).to.deep.equal([]);
    expect(documents[0]?.policy?.metadata.namespace).to.equal('default');
    expect(stateFrom(documents).state).to.deep.include({ pods: [], services: [] });
  });

  it('of other projects are kept with a note, whatever their name', () => {
    const text = `{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {name: a}}
---
{apiVersion: projectcalico.org/v3, kind: NetworkPolicy, metadata: {name: a, namespace: x}}
---
${policy('podSelector: {}')}`;
    const { documents, notes, problems } = readManifests(text, 'f.yaml');
    expect(problems).to.deep.equal([]);
    expect(notes).to.deep.equal([
      "CiliumNetworkPolicy of cilium.io/v2 in f.yaml:1:1 is not considered: only Kubernetes' own NetworkPolicy is",
      "NetworkPolicy of projectcalico.org/v3 in f.yaml:3:1 is not considered: only Kubernetes' own NetworkPolicy is",
    ]);
    expect(stateFrom(documents).state.policies).to.have.length(1);
  });

  it('have no note on a status that is read', () => {
    const text = '{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {}, status: {podIPs: [{ip: 10.0.0.1}]}}';
    const { documents, notes } = readManifests(text, 'f.yaml');
    expect(notes).to.deep.equal([]);
    expect(stateFrom(documents).state.pods[0]?.ips).to.deep.equal(['10.0.0.1']);
  });

  it('inside a bigger document have the positions of that document', () => {
    const outer = parseYaml(
      'steps:\n- apply:\n    apiVersion: networking.k8s.io/v1\n    kind: NetworkPolicy\n    metadata: {name: a}\n    spec: {podselector: {}}\n',
      's.yaml',
    );
    const node = nodeAt(outer.documents[0]!.root, ['steps', 0, 'apply'])!;
    const [problem] = readManifest(node, 'text').problems;
    expect(problem?.position).to.deep.equal({ file: 's.yaml', line: 6, column: 12 });
  });

  it('from a cluster may hold CIDRs of before 1.36; with placeholders they are checked later', () => {
    const hostBits = policy('ingress: [{from: [{ipBlock: {cidr: 10.0.0.5/8}}]}]');
    expect(readManifests(hostBits, 'f.yaml', { stored: true }).problems).to.deep.equal([]);
    const zeros = policy('ingress: [{from: [{ipBlock: {cidr: 010.0.0.0/08, except: ["010.001.0.0/16"]}}]}]');
    const [stored] = readManifests(zeros, 'f.yaml', { stored: true }).documents;
    const block = { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] };
    expect(stored?.policy?.spec.ingress).to.deep.equal([{ from: [{ ipBlock: block }] }]);
    const value = policy('podSelector: {matchExpressions: [{key: a, operator: In, values: ["-b c-"]}]}');
    expect(readManifests(value, 'f.yaml', { stored: true }).problems).to.deep.equal([]);
    expect(readManifests(value, 'f.yaml').problems).to.have.length(1);
    const placeholder = policy(`ingress: [{from: [{ipBlock: {cidr: "\${podCIDR}", except: ["\${ip:x/a}/32"]}}]}]`);
    expect(readManifests(placeholder, 'f.yaml', { placeholders: true }).problems).to.deep.equal([]);
    expect(readManifests(placeholder, 'f.yaml').problems).to.have.length(2);
    const broken = policy('ingress: [{from: [{ipBlock: {cidr: "10"}}]}]');
    expect(readManifests(broken, 'f.yaml', { stored: true, placeholders: true }).problems).to.have.length(1);
  });

  it('of other kinds are kept, with their name checked only', () => {
    const { documents, problems } = readManifests(
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {x: 1}\n',
      'f',
    );
    expect(problems).to.deep.equal([]);
    expect(documents[0]).to.deep.include({ kind: 'Pod', name: 'p', apiVersion: 'v1' });
    expect(documents[0]).not.to.have.property('policy');
  });
});
