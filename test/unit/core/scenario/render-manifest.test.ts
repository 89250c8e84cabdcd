import { expect } from 'chai';
import { ScenarioError } from '../../../../src/core/diagnostics/errors.ts';
import { renderManifest, type Substitution } from '../../../../src/core/scenario/render-manifest.ts';
import type { ScenarioManifest } from '../../../../src/core/scenario/scenario.ts';
import { policyText, scenarioOf } from '../../../support/scenario/scenario-text.ts';
import { thrown } from '../../../support/thrown.ts';

const manifestOf = (spec: string, metadata = ''): ScenarioManifest => {
  const steps = `  - name: one\n    apply:\n      - ${policyText('p', spec, metadata)}`;
  const [change] = scenarioOf({ steps }).steps[0]?.changes ?? [];
  if (change?.kind !== 'apply') throw new Error('no manifest');
  return change.manifest;
};
const substitution = (addresses: Substitution['addresses'] = { pods: new Map() }): Substitution => ({
  namespaces: new Map([['x', 'np-1-a-x']]),
  addresses,
});

describe('rendering a manifest', () => {
  it('puts it in the real namespace, whether it names one or not', () => {
    for (const metadata of ['', ', namespace: x, labels: {a: b}']) {
      const { metadata: sent } = renderManifest(manifestOf('{podSelector: {}}', metadata), substitution());
      expect(sent).to.include({ name: 'p', namespace: 'np-1-a-x' });
      expect(sent.labels).to.deep.equal(metadata === '' ? undefined : { a: 'b' });
    }
  });

  it('gives namespace selectors the real names and leaves other namespaces and pod labels alone', () => {
    const label = 'kubernetes.io/metadata.name';
    const byLabels = `{namespaceSelector: {matchLabels: {${label}: x, team: x}}, podSelector: {matchLabels: {app: x}}}`;
    const byExpression = `{namespaceSelector: {matchExpressions: [{key: ${label}, operator: NotIn, values: [x, kube-system]}]}}`;
    const given = `{podSelector: {matchLabels: {${label}: x}}, ingress: [{from: [${byLabels}, ${byExpression}]}]}`;
    expect(renderManifest(manifestOf(given), substitution()).spec).to.deep.equal({
      podSelector: { matchLabels: { [label]: 'x' } },
      ingress: [
        {
          from: [
            {
              namespaceSelector: { matchLabels: { [label]: 'np-1-a-x', team: 'x' } },
              podSelector: { matchLabels: { app: 'x' } },
            },
            {
              namespaceSelector: {
                matchExpressions: [{ key: label, operator: 'NotIn', values: ['np-1-a-x', 'kube-system'] }],
              },
            },
          ],
        },
      ],
    });
  });

  it('fills placeholders of both families', () => {
    const blocks = ['${ip:x/a}/32', '${cidr:x/a/24}', '${podCIDR}'].map((cidr) => `{ipBlock: {cidr: "${cidr}"}}`);
    const manifest = manifestOf(`{egress: [{to: [${blocks.join(', ')}]}]}`);
    const cidrs = (addresses: Substitution['addresses']) => {
      const { spec } = renderManifest(manifest, substitution(addresses)) as unknown as {
        spec: { egress: [{ to: { ipBlock: { cidr: string } }[] }] };
      };
      return spec.egress[0].to.map(({ ipBlock }) => ipBlock.cidr);
    };
    const pods = (ip: string) => new Map([['x/a', [ip]]]);
    expect(cidrs({ pods: pods('10.1.2.3'), podCidr: '10.0.0.0/8' })).to.deep.equal([
      '10.1.2.3/32',
      '10.1.2.0/24',
      '10.0.0.0/8',
    ]);
    expect(cidrs({ pods: pods('fd00::12:3'), podCidr: 'fd00::/56' })).to.deep.equal([
      'fd00::12:3/32',
      'fd00::/24',
      'fd00::/56',
    ]);
  });

  it('refuses a placeholder for which nothing is known', () => {
    const manifest = manifestOf('{egress: [{to: [{ipBlock: {cidr: "${podCIDR}"}}]}]}');
    const error = thrown(ScenarioError, () => renderManifest(manifest, substitution()));
    expect(error).to.include({
      code: 'placeholder-unknown',
      message: 'NetworkPolicy p: nothing is known for ${podCIDR}',
    });
    expect(error.problems[0]?.position).to.include({ file: 's.yaml', line: 14 });
  });
});
