import { expect } from 'chai';
import { withEvidenceLinks } from '../../../../src/reporters/html/evidence-links.ts';
import { aRunResult, aScenarioResult, aStep, SERIES } from '../../../support/result/results.ts';

/** The link to a folder of evidence from a page. */
function linkFrom(file: string, evidence: string | null): string | null | undefined {
  const step = aStep('deny', [SERIES.closes('y/b', 99_999)]);
  const failures = step.failures.map((failure) => ({ ...failure, evidence }));
  const result = aRunResult([aScenarioResult({ steps: [{ ...step, failures }] })]);
  return withEvidenceLinks(result, file).scenarios[0]?.steps[0]?.failures[0]?.evidence;
}

describe('the link to the evidence of a failure', () => {
  it('is relative where the folder lies below the page, so that both can be moved', () => {
    expect(linkFrom('results/report.html', 'results/evidence/a b')).to.equal('evidence/a%20b');
    expect(linkFrom('/tmp/r/report.html', '/tmp/r/evidence/x')).to.equal('evidence/x');
  });

  it('leads to where the folder lies on this machine otherwise', () => {
    expect(linkFrom('/tmp/r/report.html', '/tmp/cache/evidence')).to.equal('file:///tmp/cache/evidence');
    expect(linkFrom('results/report.html', null)).to.equal(null);
  });
});
