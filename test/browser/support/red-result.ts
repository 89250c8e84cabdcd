import type { RunResult } from '../../../src/core/result/result.ts';
import { fileLinesOf, positionsOf } from '../../../src/formats/manifest-positions.ts';
import { parseYaml } from '../../../src/formats/yaml-document.ts';
import { anAttempt } from '../../support/judge/step.ts';
import { aRunResult, aScenarioResult, aStep, SERIES } from '../../support/result/results.ts';

const POLICY = `kind: NetworkPolicy
metadata:
  name: deny
spec:
  podSelector: {}
  ingress: []`;
const EXPLANATION =
  'ingress of y/b: denied: no rule of the 1 policy that isolates it\n  y/deny (deny.yaml:1:1)\n    spec.ingress (deny.yaml:6:3)';

/** A result with a passed, a flapping, a flaky, an inconclusive and a skipped scenario. */
export function redResult(): RunResult {
  const root = parseYaml(POLICY, 'deny.yaml', 'kubernetes').documents[0]?.root;
  const lines = root === undefined ? [] : fileLinesOf(POLICY, positionsOf(root));
  const { planned, attempts } = SERIES.closes('y/b');
  const explained = { ...planned, explanation: EXPLANATION };
  const flap = { planned: explained, attempts: [...attempts, anAttempt(8500, 'open')] };
  const created = [{ kind: 'create', object: 'NetworkPolicy y/deny' }];
  const steps = [
    aStep('no policy', [SERIES.staysOpen('y/b'), SERIES.staysOpen('y/c')]),
    { ...aStep('deny', [flap, SERIES.closes('y/c')]), changes: created },
  ];
  const passed = [{ ...aStep('deny', [SERIES.closes('y/b'), SERIES.closes('y/c', 1510)]), changes: created }];
  const policies = [{ name: 'deny', file: 'deny.yaml', text: POLICY, lines }];
  return aRunResult([
    aScenarioResult({ id: 'semantics/good', tags: ['ingress', 'udp'], steps: passed, policies }),
    aScenarioResult({
      id: 'bugs/leaks',
      title: 'A policy that leaks',
      tags: ['ingress', 'named-ports'],
      origin: 'https://github.com/projectcalico/calico/issues/1',
      status: 'failed',
      steps,
      policies,
    }),
    aScenarioResult({ id: 'bugs/flaky', tags: ['egress'], status: 'flaky', reason: 'failed, and came out passed' }),
    aScenarioResult({
      id: 'bugs/unknown',
      status: 'inconclusive',
      reason: 'stream lost',
      steps: [aStep('deny', [SERIES.unknown()])],
    }),
    aScenarioResult({ id: 'upstream/sctp', tags: ['sctp'], status: 'skipped', reason: 'no SCTP in the kernel' }),
  ]);
}
