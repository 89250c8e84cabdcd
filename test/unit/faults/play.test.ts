import { expect } from 'chai';
import { loadScenarios } from '../../../src/adapters/files/load-scenarios.ts';
import { BUG_FAULTS, SOUND } from '../../support/faults/bugs.ts';
import type { Fault } from '../../support/faults/fault.ts';
import { faultyRun } from '../../support/faults/faulty-run.ts';
import { play } from '../../support/faults/play.ts';

const STATUS = { pass: 'passed', fail: 'failed', inconclusive: 'inconclusive' } as const;

const faultOf = (id: string): Fault => BUG_FAULTS.find((fault) => fault.id === id) ?? SOUND;

describe('playing a scenario on a faulty dataplane', () => {
  for (const [name, bugs] of [
    ['bugs/many-ports', ['sound', 'B147', 'B01']],
    ['bugs/twelve-namespaces', ['sound', 'B74', 'B145']],
    ['bugs/unlike-backends', ['sound', 'B124']],
    ['article/example-network-policy', ['sound', 'B18', 'B50', 'B49', 'B26']],
    ['life-cycle/pods-come-and-go', ['sound', 'B66', 'B85', 'B62']],
    ['bugs/terminating-pods', ['sound', 'B84']],
    ['bugs/namespace-with-its-policies', ['sound', 'B65', 'B155', 'B156']],
    ['bugs/pods-and-policies-at-once', ['sound', 'B157']],
    ['disruption/agents-killed', ['sound', 'B88', 'B18']],
    ['disruption/changes-while-no-agent-runs', ['sound', 'B90']],
    ['disruption/changes-after-a-restart', ['sound', 'B92']],
    ['disruption/sandboxes-restarted', ['sound', 'B86']],
    ['disruption/node-restarted', ['sound', 'B87', 'B91']],
    ['disruption/controller-restarted', ['sound', 'B98']],
    ['disruption/every-kind-of-rule', ['sound']],
    ['disruption/changes-while-the-controller-restarts', ['sound']],
    ['disruption/peer-that-goes-while-the-controller-restarts', ['sound']],
    ['disruption/api-server-restarted', ['sound']],
    ['disruption/cut-off-from-the-api-server', ['sound']],
  ] as const) {
    for (const bug of bugs) {
      it(`comes to what the engine comes to: ${name} with ${bug}`, async () => {
        const [scenario] = loadScenarios([name]);
        const fault = faultOf(bug);
        const result = scenario && (await faultyRun(scenario, fault));
        expect(result?.status).to.equal(scenario && STATUS[play(scenario, fault).status]);
      });
    }
  }
});
