import { expect } from 'chai';
import type { ScenarioResult } from '../../../src/core/result/result.ts';
import type { KubeObject } from '../../../src/ports/cluster.ts';
import { simulatedRun, type Trouble } from '../../support/engine/simulated-run.ts';
import { policyText, scenarioOf } from '../../support/scenario/scenario-text.ts';

const PODS = `      a: {labels: {app: a}, ports: [80]}
      b: {labels: {app: b}, ports: [80]}`;
const onlyC = policyText(
  'only-c',
  '{podSelector: {matchLabels: {app: b}}, ingress: [{from: [{podSelector: {matchLabels: {role: c}}}]}]}',
);

async function run(steps: string, trouble: Trouble = {}): Promise<ScenarioResult> {
  const { run } = await simulatedRun(trouble);
  return run.runScenario(
    scenarioOf({ pods: PODS, services: '      b: {selector: {app: b}, ports: [80]}', steps }),
    () => {},
  );
}

const cellsOf = ({ steps }: ScenarioResult, step: number, path = 'pod-ip') =>
  steps[step]?.cells.filter((cell) => cell.path === path).map(({ from, to, expected }) => `${from}->${to} ${expected}`);

describe('a pod that a step creates', () => {
  const steps = `  - {name: closed, apply: [${onlyC}], expect: {deny: ["*->x/b"]}}
  - name: it comes
    create: { x/c: { labels: {role: c}, ports: [80] }, x/d: {} }
    expect: { deny: ["*->x/b"], allow: ["x/c->x/b"] }
  - name: one like it comes
    remove: [x/c]
    create: { x/c: { labels: {role: d}, ports: [80] } }
    expect: { deny: ["*->x/b"] }`;

  it('probes and is probed from then on, its cells as new', async () => {
    const result = await run(steps);
    expect(result.reason).to.equal(null);
    expect(result.status).to.equal('passed');
    expect(cellsOf(result, 0)).to.deep.equal(['x/a->x/b closed', 'x/b->x/a open']);
    expect(cellsOf(result, 1)).to.include.members(['x/c->x/b open', 'x/d->x/b closed', 'x/a->x/c open']);
    expect(cellsOf(result, 2)).to.include('x/c->x/b closed');
    expect(result.steps[1]?.changes).to.deep.equal([{ kind: 'create-pods', object: 'Pod x/c, Pod x/d' }]);
    const attempts = result.steps[2]?.cells.map(({ known }) => known) ?? [];
    expect(Math.min(...attempts)).to.be.greaterThan(3);
  });

  it('fails where the plugin takes the new one for the old one', async () => {
    let replaced: KubeObject | undefined;
    const stale: Trouble = {
      cluster: (cluster) => ({
        apply: async (object, options) => {
          if (object.kind !== 'Pod' || object.metadata.name !== 'c') return cluster.apply(object, options);
          const first = replaced ?? object;
          replaced = first;
          return cluster.apply(
            { ...object, metadata: { ...object.metadata, labels: first.metadata.labels ?? {} } },
            options,
          );
        },
      }),
    };
    const { status, steps: done } = await run(steps, stale);
    expect(status).to.equal('failed');
    expect(done[2]?.failures.map(({ cell }) => cell)).to.include('x/c->x/b:80/TCP via pod-ip');
    expect(done[2]?.failures[0]?.reasons[0]?.code).to.equal('contrary');
  });

  it('has its new address in policies that are applied from then on', async () => {
    const toC = policyText(
      'to-c',
      '{podSelector: {matchLabels: {app: a}}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: "${ip:x/c}/32"}}]}]}',
    );
    const { status, reason } = await run(`  - {name: there, create: {x/c: {ports: [80]}}}
  - {name: only there, apply: [${toC}], expect: {deny: ["x/a->*"], reported: ["x/a->x/b via cluster-ip"], allow: ["x/a->x/c"]}}
  - {name: elsewhere, remove: [x/c], create: {x/c: {ports: [80]}}, expect: {deny: ["x/a->*"], reported: ["x/a->x/b via cluster-ip"]}}
  - {name: there again, apply: [${toC}], expect: {deny: ["x/a->*"], reported: ["x/a->x/b via cluster-ip"], allow: ["x/a->x/c"]}}`);
    expect([status, reason]).to.deep.equal(['passed', null]);
  });
});

describe('a pod that is removed', () => {
  it('is gone, and so are its cells and those of a Service that nobody is behind', async () => {
    const result = await run(
      '  - {name: gone, remove: [x/b]}\n  - {name: back, create: {x/b: {labels: {app: b}, ports: [80]}}}',
    );
    expect(result.status).to.equal('inconclusive');
    expect(result.reason).to.contain('no cell was judged');
  });

  it('goes on while it lingers, under policy as before, until it is removed once more', async () => {
    const steps = `  - {name: it comes, create: {x/c: {labels: {role: c}, ports: [80], lingers: 20s}, x/d: {}}}
  - {name: closed, apply: [${onlyC}], expect: {deny: ["*->x/b"], allow: ["x/c->x/b"]}}
  - {name: ending, remove: [x/c], expect: {deny: ["*->x/b"], allow: ["x/c->x/b"]}}
  - {name: killed, remove: [x/c], expect: {deny: ["*->x/b"]}}`;
    const result = await run(steps);
    expect([result.status, result.reason]).to.deep.equal(['passed', null]);
    expect(cellsOf(result, 2)).to.include.members(['x/c->x/b open', 'x/a->x/c open']);
    expect(cellsOf(result, 3)?.join()).not.to.include('x/c');
  });
});

describe('a namespace that is removed and created again', () => {
  const again = `create: {x: {labels: {team: red}, pods: {a: {ports: [80]}, b: {labels: {app: b}, ports: [80]}}, services: {b: {selector: {app: b}, ports: [80]}}}}`;

  it('has no policies of the old one', async () => {
    const steps = `  - {name: closed, apply: [${onlyC}], expect: {deny: ["*->x/b"]}}
  - {name: again, remove: [x], ${again}, expect: {allow: all}}
  - {name: closed again, apply: [${onlyC}], expect: {deny: ["*->x/b"]}}`;
    const result = await run(steps);
    expect([result.status, result.reason]).to.deep.equal(['passed', null]);
    expect(cellsOf(result, 1, 'cluster-ip')).to.deep.equal(['x/a->x/b open']);
    expect(result.steps.at(-1)?.name).to.equal('all policies deleted');
  });

  it('fails where the plugin keeps them', async () => {
    const steps = `  - {name: closed, apply: [${onlyC}], expect: {deny: ["*->x/b"]}}
  - {name: again, remove: [x], ${again}, expect: {allow: all}}`;
    let kept: KubeObject | undefined;
    const stale: Trouble = {
      cluster: (cluster) => ({
        apply: async (object, options) => {
          if (object.kind === 'NetworkPolicy') kept = object;
          const times = await cluster.apply(object, options);
          if (object.kind === 'Pod' && kept !== undefined) await cluster.apply(kept, options);
          return times;
        },
      }),
    };
    expect((await run(steps, stale)).status).to.equal('failed');
  });
});
