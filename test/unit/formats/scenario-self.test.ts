import { expect } from 'chai';
import { cellName } from '../../../src/core/matrix/cell.ts';
import { cellsOf } from '../../../src/core/scenario/cells.ts';
import { plan } from '../../../src/core/scenario/plan.ts';
import { policyText, reading, scenarioOf, scenarioText } from '../../support/scenario/scenario-text.ts';

const head = (...lines: readonly string[]): string => ['title: t', 'why: w', ...lines].join('\n');
const SELF = [
  'x/b->x/b:80/TCP via pod-ip',
  'x/b->x/b:81/UDP via pod-ip',
  'x/b->x/b:80/TCP via cluster-ip',
  'x/a->x/a:80/TCP via pod-ip',
];
const namesOf = (text: string): readonly string[] =>
  cellsOf(scenarioOf({ head: text }), ['IPv4']).map((cell) => cellName(cell));

describe('the cells of pods to themselves', () => {
  it('are none where the scenario does not ask for them', () => {
    expect(namesOf(head()).filter((name) => SELF.includes(name))).to.deep.equal([]);
    expect(namesOf(head('cells: ["x/*->*"]')).filter((name) => SELF.includes(name))).to.deep.equal([]);
  });

  it('stand beside those of other pods, whatever `cells` narrows these to', () => {
    expect(namesOf(head('self: ["*->*"]'))).to.have.members([...namesOf(head()), ...SELF]);
    expect(namesOf(head('cells: ["x/a->x/b:80 via pod-ip"]', 'self: ["x/b->* via cluster-ip"]'))).to.deep.equal([
      'x/a->x/b:80/TCP via pod-ip',
      'x/b->x/b:80/TCP via cluster-ip',
    ]);
  });

  it('are open by address whatever policies say, and through a Service where these let the pod reach itself', () => {
    const expectedAfter = (spec: string) => {
      const scenario = scenarioOf({
        head: head('self: ["x/b->*"]'),
        steps: `  - {name: one, apply: [${policyText('p', spec)}]}`,
      });
      const cells = plan(scenario)[0]!.cells.filter(({ cell }) => cell.from === 'x/b' && cell.to === 'x/b');
      return cells.map(({ cell, expected }) => `${cell.port} via ${cell.path}: ${expected}`);
    };
    const direct = ['80 via pod-ip: open', '81 via pod-ip: open'];
    const own = '{podSelector: {}, ingress: [{from: [{podSelector: {}}]}]}';
    expect(expectedAfter(own)).to.deep.equal([...direct, '80 via cluster-ip: open']);
    expect(expectedAfter('{podSelector: {}}')).to.deep.equal([...direct, '80 via cluster-ip: reported']);
  });

  it('are named by patterns that mean one', () => {
    const [problem] = reading(scenarioText({ head: head('self: ["x/a->x/b"]') })).problems;
    expect(problem?.message).to.equal('"x/a->x/b": expected what x/a probes (x/a), found "x/b"');
    expect(problem?.position).to.include({ line: 3 });
  });
});
