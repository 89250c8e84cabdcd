import { expect } from 'chai';
import { cardLines } from '../../../src/reporters/card.ts';
import { formatJunit } from '../../../src/reporters/junit.ts';
import { aRunResult, aScenarioResult, aStep, SERIES } from '../../support/result/results.ts';

const steps = [{ ...aStep('deny', [SERIES.closes()]), changes: [{ kind: 'create', object: 'NetworkPolicy y/deny' }] }];
const result = aRunResult([
  aScenarioResult({ id: 'bugs/b1', status: 'failed', tags: ['named-ports'] }),
  aScenarioResult({ id: 'bugs/b2', status: 'failed', tags: ['named-ports'] }),
  aScenarioResult({ id: 'ok', tags: ['ingress', 'egress', 'tcp'], steps }),
  aScenarioResult({ id: 'sctp', status: 'skipped', tags: ['sctp'], reason: 'no SCTP in the kernel' }),
]);

describe('the capability card on a terminal', () => {
  it('says what is violated where, what is enforced, what was not tested and why, and the times', () => {
    const lines = cardLines(result, { width: 80, colour: false });
    expect(lines).to.deep.equal([
      'capability card of calico v3.32.2',
      '  ✗ violated    rules by port name: bugs/b1, bugs/b2',
      '  ✓ enforced    ingress rules, egress rules, TCP',
      '  - not tested  37 more properties: no scenario of this run has the tag',
      '  - not tested  SCTP (skipped: no SCTP in the kernel)',
      '  change                  settled p50/p95/max     exposed p50/p95/max',
      '  create                  325 / 325 / 325 ms      325 / 325 / 325 ms',
    ]);
  });

  it('tells a documented gap from a bug', () => {
    const gap = { property: 'named-ports', says: 'no names', source: 'https://example.test' };
    const documented = aRunResult([aScenarioResult({ id: 'a', status: 'failed', tags: ['named-ports'] })], {
      cni: { name: 'x', version: '', gaps: [gap] },
    });
    expect(cardLines(documented, { width: 110, colour: false }).slice(1, 3)).to.deep.equal([
      '  ✗ violated    rules by port name: a, a documented gap',
      '    documented  no names (https://example.test)',
    ]);
  });

  it('keeps to a small terminal where its words allow it', () => {
    const lines = cardLines(result, { width: 44, colour: false });
    expect(lines.slice(1, 4)).to.deep.equal([
      '  ✗ violated    rules by port name: bugs/b1,',
      '                bugs/b2',
      '  ✓ enforced    ingress rules, egress rules,',
    ]);
  });

  it('is not there for a simulated run, nor where no scenario has a tag of it', () => {
    expect(cardLines(aRunResult([aScenarioResult()]), { width: 80, colour: false })).to.deep.equal([]);
    const simulated = aRunResult([aScenarioResult({ tags: ['tcp'] })], { simulated: true });
    expect(cardLines(simulated, { width: 80, colour: false })).to.deep.equal([]);
  });
});

describe('the capability card in JUnit', () => {
  it('stands in the properties of a suite that counts no case', () => {
    const xml = formatJunit(result);
    expect(xml).to.include('<testsuite name="capability card" tests="0" failures="0" errors="0" skipped="0"');
    expect(xml).to.include('<property name="card.named-ports" value="violated bugs/b1 bugs/b2"/>');
    expect(xml).to.include('<property name="card.sctp" value="not-tested skipped: no SCTP in the kernel"/>');
  });
});
