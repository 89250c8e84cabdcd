import { expect } from 'chai';
import { loadScenarios } from '../../../src/adapters/files/load-scenarios.ts';
import { plan } from '../../../src/core/scenario/plan.ts';
import type { Scenario } from '../../../src/core/scenario/scenario.ts';
import { SOUND } from '../../support/faults/bugs.ts';
import { OBVIOUS } from '../../support/faults/obvious.ts';
import { play } from '../../support/faults/play.ts';

const scenarios = loadScenarios(['cyclonus']);
const familyOf = ({ id }: Scenario) => id.split('/')[1]!;
const countBy = (keysOf: (scenario: Scenario) => readonly string[], all = scenarios) =>
  Object.fromEntries(
    [...Map.groupBy(all.flatMap(keysOf), (key) => key)].map(([key, found]): [string, number] => [key, found.length]),
  );
const cyclonusTags = ({ tags }: Scenario) =>
  tags.filter((tag) => tag.startsWith('cyclonus.')).map((tag) => tag.slice('cyclonus.'.length));

/** What cyclonus leaves out unless it is asked. */
const NOT_BY_DEFAULT = ['multi-peer', 'upstream-e2e', 'example', 'end-port', 'namespaces-by-default-label'];
const byDefault = scenarios.filter((scenario) => !cyclonusTags(scenario).some((tag) => NOT_BY_DEFAULT.includes(tag)));

/**
 * The cases that cyclonus has by its tags: of all, and of those that it runs by default. Without the three that make
 * pods or namespaces in the middle, which no step of a scenario does: those with the tags create-pod, create-namespace
 * and example.
 */
const COUNTS: Readonly<Record<string, readonly [all: number, byDefault: number]>> = {
  'create-policy': [2, 2],
  'delete-policy': [2, 1],
  'update-policy': [1, 1],
  'set-pod-labels': [1, 1],
  'set-namespace-labels': [1, 1],
  'target-namespace': [3, 3],
  'target-pod-selector': [3, 3],
  ingress: [105, 51],
  egress: [103, 51],
  'deny-all': [13, 10],
  'allow-all': [7, 6],
  'any-peer': [2, 2],
  'any-port-protocol': [2, 2],
  'multi-peer': [90, 0],
  'multi-port-protocol': [14, 14],
  'all-pods': [84, 14],
  'pods-by-label': [54, 6],
  'all-namespaces': [58, 10],
  'namespaces-by-label': [54, 6],
  'policy-namespace': [38, 4],
  'namespaces-by-default-label': [2, 0],
  'ip-block-no-except': [20, 2],
  'ip-block-with-except': [20, 2],
  'any-port': [14, 14],
  'numbered-port': [40, 28],
  'named-port': [25, 24],
  'end-port': [12, 0],
  tcp: [20, 16],
  udp: [20, 16],
  sctp: [14, 10],
  pathological: [6, 6],
  conflict: [17, 16],
  'upstream-e2e': [13, 0],
};

describe('the scenarios of cyclonus', () => {
  it('are its 230 by family but for three, of which it runs 112 by default', () => {
    expect(countBy((scenario) => [familyOf(scenario)])).to.deep.equal({
      actions: 6 - 2,
      conflicts: 16,
      'default-namespace-label': 2,
      peers: 112,
      ports: 70,
      rules: 4,
      targets: 6,
      'upstream-e2e': 13,
    });
    expect([scenarios.length, byDefault.length]).to.deep.equal([230 - 3, 112 - 2]);
  });

  it('are as many under each of its tags', () => {
    const all = countBy(cyclonusTags);
    const some = countBy(cyclonusTags, byDefault);
    const counts = Object.keys({ ...COUNTS, ...all }).map((tag) => [tag, [all[tag] ?? 0, some[tag] ?? 0]]);
    expect(Object.fromEntries(counts)).to.deep.equal(COUNTS);
  });

  it('are different things, but for the base policy, which is both a target by namespace and one by label', () => {
    const asked = scenarios.map(({ steps, cells }) =>
      JSON.stringify([cells?.map(({ pattern }) => pattern), steps.map(({ changes }) => changes.map(whatChanges))]),
    );
    expect(new Set(asked).size).to.equal(asked.length - 1);
  });

  for (const [family, all] of Map.groupBy(scenarios, familyOf)) {
    it(`of ${family} pass on a sound dataplane`, function () {
      this.timeout(60_000);
      const wrong = all.filter((scenario) => play(scenario, SOUND).status !== 'pass').map(({ id }) => id);
      expect(wrong).to.deep.equal([]);
    });

    it(`of ${family} fail where nothing is enforced, if they close anything, and where everything is denied, if not all`, function () {
      this.timeout(60_000);
      const unmoved = all.filter((scenario) => {
        const expected = new Set(plan(scenario).flatMap(({ cells }) => cells.map((cell) => cell.expected)));
        return (
          (expected.has('closed') && play(scenario, OBVIOUS.nothingEnforced).status !== 'fail') ||
          (expected.has('open') && play(scenario, OBVIOUS.everythingDenied).status !== 'fail')
        );
      });
      expect(unmoved.map(({ id }) => id)).to.deep.equal([]);
    });
  }
});

function whatChanges(change: Scenario['steps'][number]['changes'][number]): unknown {
  return change.kind === 'apply' ? change.manifest.tree : change;
}
