import { expect } from 'chai';
import type { NetworkPolicy } from '../../../src/core/model/policy.ts';
import { reading, scenarioOf, scenarioText } from '../../support/scenario/scenario-text.ts';

const manifest = (name: string, spec: string) =>
  `{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: "${name}"}, spec: ${spec}}`;
const POD_B = '      b: {labels: {app: b}, ports: [80]}';

describe('what is counted', () => {
  it('are pods, each with its number in name and labels', () => {
    const pods = `${POD_B}\n      peer: {count: 3, image: idle, labels: {app: peer, slice: "s\${n/2}"}}`;
    const steps = '  - {name: one, label: {x/peer-2: {app: null}}}\n';
    const scenario = scenarioOf({ pods: `${pods}\n      a: {}`, steps });
    expect(scenario.pods.map(({ name, labels }) => [name, labels.slice])).to.deep.equal([
      ['b', undefined],
      ['peer-1', 's0'],
      ['peer-2', 's1'],
      ['peer-3', 's1'],
      ['a', undefined],
    ]);
  });

  it('are policies, items of their lists, and what is deleted', () => {
    const blocks = '{count: {m: 300}, each: {ipBlock: {cidr: "172.${m/256}.${m%256}.0/24"}}}';
    const ports = '{count: {p: 45}, each: {port: "${p+8000}"}}';
    const policy = manifest(
      'p-${n}',
      `{podSelector: {matchLabels: {v: "v\${n}"}}, ingress: [{from: [${blocks}], ports: [${ports}]}]}`,
    );
    const steps = `  - {name: all, apply: [{count: 20, each: ${policy}}]}
  - {name: half, delete: [{count: 10, each: "p-\${n*2}"}], flaps: allowed}`;
    const [all, half] = scenarioOf({ steps }).steps;
    const specs = all?.changes.map((change) => (change.kind === 'apply' ? change.manifest.policy?.spec : undefined));
    const spec = specs?.[19] as NetworkPolicy['spec'];
    const [rule] = spec.ingress ?? [];
    expect(specs).to.have.length(20);
    expect(spec.podSelector).to.deep.equal({ matchLabels: { v: 'v20' } });
    expect(rule?.from).to.have.length(300);
    expect(rule?.from?.[299]).to.deep.equal({ ipBlock: { cidr: '172.1.44.0/24' } });
    expect(rule?.ports?.map(({ port }) => port)).to.deep.equal(Array.from({ length: 45 }, (_, index) => 8001 + index));
    expect(half?.changes[9]).to.deep.equal({ kind: 'delete', policy: { namespace: 'x', name: 'p-20' } });
  });

  it('leaves other placeholders and fields of that name alone', () => {
    const policy = manifest('p', '{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: "${ip:x/b}/32"}}]}]}');
    const pods = `${POD_B}\n      a: {labels: {count: "3", each: "4"}}`;
    const scenario = scenarioOf({ pods, steps: `  - {name: one, apply: [${policy}]}` });
    expect(scenario.pods.at(-1)?.labels).to.deep.equal({ count: '3', each: '4' });
  });

  it('is refused with its place where the count is none', () => {
    const said = (pods: string) =>
      reading(scenarioText({ pods })).problems.map(
        ({ message, position }) => `${position?.line}:${position?.column} ${message}`,
      );
    expect(said(`${POD_B}\n      a: {count: many}`)).to.deep.equal([
      '7:18 count: expected a number from 1 to 2000, or a letter with one, found "many"',
    ]);
    expect(said(`${POD_B}\n      a: {count: {nm: 3}}`)).to.deep.equal([
      '7:23 count: expected a number from 1 to 2000, or a letter with one, found {"nm":3}',
    ]);
    expect(said(`${POD_B}\n      a: {count: 2001}`)).to.have.length(1);
  });

  it('tells mistakes in what is counted, at the place where it is written', () => {
    const steps = `  - {name: all, apply: [{count: 3, each: ${manifest('p-${n}', '{podSelektor: {}}')}}]}`;
    const { problems } = reading(scenarioText({ steps }));
    expect(problems.map(({ position }) => position?.line)).to.include(12);
    expect(problems[0]?.message).to.include('podSelektor');
  });
});
