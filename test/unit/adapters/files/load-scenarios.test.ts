import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadScenarios } from '../../../../src/adapters/files/load-scenarios.ts';
import { SCENARIO_FOLDER } from '../../../../src/adapters/files/yaml-files.ts';
import { ScenarioError, UsageError } from '../../../../src/core/diagnostics/errors.ts';
import { thrown } from '../../../support/thrown.ts';

const ARTICLE = ['banning-all-traffic', 'example-network-policy', 'resolution-all-traffic', 'traffic-restriction'];
const ids = (names: readonly string[], tags?: readonly string[]) =>
  loadScenarios(names, tags ? { tags } : {}).map(({ id }) => id);
const articleIds = ARTICLE.map((name) => `article/${name}`);

describe('loading scenarios', () => {
  it('takes all of the folder when nothing is named', function () {
    this.timeout(20_000);
    expect(ids([])).to.include.members(articleIds);
  });

  it('takes files, folders, globs, ids and their last part, each scenario once', () => {
    expect(ids(['article'])).to.deep.equal(articleIds);
    expect(ids([join(SCENARIO_FOLDER, 'article')])).to.deep.equal(articleIds);
    expect(ids(['article/*-traffic.yaml'])).to.deep.equal([
      'article/banning-all-traffic',
      'article/resolution-all-traffic',
    ]);
    const same = ['traffic-restriction', 'article/traffic-restriction', 'scenarios/article/traffic-restriction.yaml'];
    expect(ids(same)).to.deep.equal(['article/traffic-restriction']);
  });

  it('takes the cases of a file by their ids and parts of them', () => {
    const rules = ['ingress-deny-all', 'ingress-allow-all', 'egress-deny-all', 'egress-allow-all'];
    const all = rules.map((name) => `cyclonus/rules/${name}`);
    expect(ids(['cyclonus/rules'])).to.deep.equal(all);
    expect(ids(['cyclonus/rules/egress-*', 'scenarios/cyclonus/rules.yaml/ingress-deny-all'])).to.deep.equal([
      ...all.slice(2),
      all[0],
    ]);
    expect(ids(['ingress-allow-all'])).to.deep.equal([all[1]]);
    expect(thrown(UsageError, () => ids(['cyclonus/rules/egress-deny-al'])).hint).to.equal(
      'did you mean "cyclonus/rules/egress-deny-all"?',
    );
  });

  it('filters by tags', () => {
    expect(ids(['article'], ['dns', 'order'])).to.deep.equal([
      'article/example-network-policy',
      'article/resolution-all-traffic',
    ]);
    const error = thrown(UsageError, () => ids(['article'], ['sctp']));
    expect(error).to.include({ code: 'tag-unknown', message: 'no scenario has the tag "sctp"' });
    expect(error.hint).to.contain('article, deny, dns, egress, ingress, order, ports');
    expect(thrown(UsageError, () => ids(['article'], ['dns', 'ordr'])).hint).to.equal('did you mean "order"?');
  });

  it('refuses names that stand for no scenario', () => {
    expect(thrown(UsageError, () => ids(['trafic-restriction']))).to.include({
      code: 'scenario-unknown',
      message: 'there is no scenario "trafic-restriction": no such file, folder or id',
      hint: 'did you mean "traffic-restriction"?',
    });
    expect(thrown(UsageError, () => ids(['nothing/*.yaml'])).code).to.equal('scenario-unknown');
    const policy = 'scenarios/article/banning-all-traffic.policy.yaml';
    expect(thrown(UsageError, () => ids([policy]))).to.include({
      code: 'scenario-is-manifest',
      message: `${policy} is a Kubernetes manifest, not a scenario`,
    });
  });

  it('collects the mistakes of all files', () => {
    const folder = mkdtempSync(join(tmpdir(), 'netproof-test-'));
    try {
      writeFileSync(join(folder, 'a.yaml'), 'title: [\n');
      writeFileSync(join(folder, 'b.yaml'), 'title: b\n');
      const { problems } = thrown(ScenarioError, () => ids([folder]));
      expect(new Set(problems.map(({ position }) => position?.file))).to.deep.equal(
        new Set([join(folder, 'a.yaml'), join(folder, 'b.yaml')]),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
