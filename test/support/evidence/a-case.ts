import { judgeStep } from '../../../src/core/judge/judge-step.ts';
import { DEFAULT_LIMITS } from '../../../src/core/judge/limits.ts';
import { buildStep } from '../../../src/core/result/build-step.ts';
import { plan } from '../../../src/core/scenario/plan.ts';
import type { Scenario } from '../../../src/core/scenario/scenario.ts';
import type { StepCase } from '../../../src/ports/evidence.ts';
import { policy, webScenario } from '../engine/web-scenario.ts';
import { anAttempt, aRecord } from '../judge/step.ts';

const DENY = policy('deny', { ingress: [] });

/** A case of `webScenario`, whose last step leaves the cell x/client -> x/web by pod IP open although it must close. */
export function aCase(
  scenario: Scenario = webScenario([
    { name: 'no policy', changes: [] },
    { name: 'deny', changes: [{ kind: 'apply', manifest: DENY }] },
  ]),
): StepCase {
  const planned = plan(scenario).at(-1)!;
  const leaking = planned.cells.filter(({ cell }) => cell.from === 'x/client' && cell.path === 'pod-ip');
  const step = { ...planned, cells: leaking };
  const record = aRecord(
    leaking.map((cell) => ({ planned: cell, attempts: [anAttempt(500, 'open'), anAttempt(8_900, 'open')] })),
  );
  const verdict = judgeStep(record, DEFAULT_LIMITS);
  const result = buildStep({
    name: step.name,
    changes: [],
    record,
    verdict,
    alone: true,
    epochMs: 0,
    reproOf: () => 'repeat',
  });
  const node = (name: string, at: string) => ({
    ref: { namespace: `np-1-${name}`, name },
    ips: ['10.244.1.1'],
    node: at,
  });
  return {
    run: 'abc123',
    scenario,
    planned: step,
    record,
    result,
    substitution: {
      namespaces: new Map(scenario.namespaces.map(({ name }) => [name, `np-abc123-1-${name}`])),
      addresses: { pods: new Map(), podCidr: '10.244.0.0/16' },
    },
    pods: new Map([
      ['x/web', node('web', 'node-1')],
      ['x/client', node('client', 'node-2')],
      ['y/client', node('client', 'node-3')],
    ]),
    epochMs: 0,
  };
}
