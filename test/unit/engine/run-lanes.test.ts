import { expect } from 'chai';
import type { Scenario } from '../../../src/core/scenario/scenario.ts';
import { runAll } from '../../../src/engine/run-all.ts';
import type { ProbeEvent, Prober } from '../../../src/ports/prober.ts';
import type { RunEvent } from '../../../src/ports/run-events.ts';
import { simulatedRun, type Trouble } from '../../support/engine/simulated-run.ts';
import { policy, webScenario } from '../../support/engine/web-scenario.ts';

const { signal } = new AbortController();
const DENY = policy('deny', { ingress: [] });
const denied = (id: string, over: Partial<Scenario> = {}): Scenario => ({
  ...webScenario([
    { name: 'deny', changes: [{ kind: 'apply', manifest: DENY }] },
    {
      name: 'relabelled',
      changes: [
        { kind: 'label-pod', pod: 'y/client', labels: { role: null, tier: 'front' } },
        { kind: 'label-namespace', namespace: 'y', labels: { team: 'a' } },
      ],
    },
  ]),
  id,
  ...over,
});
const another = (id: string): Scenario => {
  const scenario = denied(id);
  return { ...scenario, pods: [...scenario.pods, { ...scenario.pods[1]!, name: 'second' }] };
};

/** Runs scenarios and tells what happened, and which pods were made with which labels. */
async function inLanes(scenarios: readonly Scenario[], trouble: Trouble) {
  const made: string[] = [];
  const { run, cluster } = await simulatedRun({
    ...trouble,
    cluster: (simulated, clock) => ({
      apply: async (object, options) => {
        if (object.kind === 'Pod') made.push(`${object.metadata.namespace}/${object.metadata.name}`);
        return simulated.apply(object, options);
      },
      ...trouble.cluster?.(simulated, clock),
    }),
  });
  const events: RunEvent[] = [];
  const result = await runAll(scenarios, run, (event) => events.push(event), { info: await cluster.info(), signal });
  const started = events.flatMap((event) => (event.kind === 'scenario-started' ? [event.id] : []));
  return { result, events, made, started, cluster };
}

const statuses = ({ scenarios }: { scenarios: readonly { id: string; status: string }[] }) =>
  scenarios.map(({ id, status }) => [id, status]);

describe('a run in lanes', () => {
  it('keeps the pods between scenarios of one shape, with the labels that they had', async () => {
    const { result, made } = await inLanes([denied('a'), denied('b'), denied('c')], {});
    expect(statuses(result)).to.deep.equal([
      ['a', 'passed'],
      ['b', 'passed'],
      ['c', 'passed'],
    ]);
    expect(made).to.have.length(3);
  });

  it('has as many scenarios under way as lanes, and the verdicts are the same, in the order of the scenarios', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    const { result, events, made } = await inLanes(
      ids.map((id) => denied(id)),
      { lanes: 2 },
    );
    expect(statuses(result)).to.deep.equal(ids.map((id) => [id, 'passed']));
    expect(made).to.have.length(6);
    let under = 0;
    const most = events.reduce((max, { kind }) => {
      under += kind === 'scenario-started' ? 1 : kind === 'scenario-finished' ? -1 : 0;
      return Math.max(max, under);
    }, 0);
    expect(most).to.equal(2);
  });

  it('makes new pods for another shape', async () => {
    const { made, result } = await inLanes([denied('a'), another('b')], {});
    expect(result.summary.passed).to.equal(2);
    expect(made).to.have.length(7);
  });

  it('runs what touches the whole cluster alone and last', async () => {
    const { started, events } = await inLanes(
      [denied('all', { exclusive: true }), denied('a'), denied('b'), denied('c')],
      { lanes: 4 },
    );
    expect(started.at(-1)).to.equal('all');
    const begun = events.findIndex((event) => event.kind === 'scenario-started' && event.id === 'all');
    expect(events.slice(0, begun).filter(({ kind }) => kind === 'scenario-finished')).to.have.length(3);
    const step = events.find((event) => event.kind === 'step-finished' && event.id === 'all');
    expect(step).to.have.nested.property('result.alone', true);
  });

  it('says of steps during which others ran that they were not alone', async () => {
    const { result } = await inLanes(
      ['a', 'b', 'c', 'd'].map((id) => denied(id)),
      { lanes: 2 },
    );
    expect(result.scenarios[0]?.steps[0]?.alone).to.equal(false);
  });

  it('runs what failed once more alone after the others, and calls it flaky where that differs', async () => {
    let swallowed = 0;
    const { result, events } = await inLanes([denied('a'), denied('b'), denied('c')], {
      lanes: 1,
      cluster: (simulated) => ({
        apply: async (object, options) => {
          if (object.kind !== 'NetworkPolicy' || swallowed > 0) return simulated.apply(object, options);
          swallowed += 1;
          return { sentMs: 0, answeredMs: 0 };
        },
      }),
      prober: (prober) => ({
        // Without the name of who answered an open cell is no proof that outlasts a rerun.
        attach: (pods, onEvent, options) =>
          prober.attach(
            pods,
            (event) => {
              if (event.kind !== 'attempt') return onEvent(event);
              const { answeredBy: _, ...attempt } = event.attempt;
              onEvent({ ...event, attempt });
            },
            options,
          ),
      }),
    });
    expect(statuses(result)).to.deep.equal([
      ['a', 'flaky'],
      ['b', 'passed'],
      ['c', 'passed'],
    ]);
    const order = events.flatMap((event) =>
      event.kind === 'scenario-finished'
        ? [event.result.id]
        : event.kind === 'phase' && event.phase === 'rerun'
          ? ['rerun']
          : [],
    );
    expect(order).to.deep.equal(['b', 'c', 'rerun', 'a']);
  });

  it('does not reuse the pods of a scenario that failed', async () => {
    const made: string[] = [];
    const { result } = await inLanes([denied('a'), denied('b')], {
      cluster: (simulated) => ({
        apply: async (object, options) => {
          if (object.kind === 'Pod') made.push(object.metadata.name);
          return object.kind === 'NetworkPolicy' ? { sentMs: 0, answeredMs: 0 } : simulated.apply(object, options);
        },
      }),
    });
    expect(statuses(result)).to.deep.equal([
      ['a', 'failed'],
      ['b', 'failed'],
    ]);
    // Two first tries and two reruns.
    expect(made).to.have.length(12);
  });

  it('probes less at once after trouble of its own, and as before when there was none for a while', async () => {
    const first = (prober: Prober): Prober => {
      let sessions = 0;
      return {
        attach: (pods, onEvent, options) => {
          sessions += 1;
          const fails = sessions === 1;
          const told = (event: ProbeEvent): void =>
            onEvent(
              fails && event.kind === 'attempt'
                ? { ...event, attempt: { ...event.attempt, outcome: 'inconclusive' } }
                : event,
            );
          return prober.attach(pods, told, options);
        },
      };
    };
    const probing = async (count: number) => {
      const scenarios = Array.from({ length: count }, (_, index) => denied(`s${index}`));
      const { result } = await inLanes(scenarios, { lanes: 2, prober: first });
      expect(result.scenarios.map(({ status }) => status)).to.deep.equal(scenarios.map(() => 'passed'));
      return [result.run.probing?.lanes, result.run.probing?.attempts_per_second];
    };
    expect(await probing(3)).to.deep.equal([1, 450]);
    expect(await probing(20)).to.deep.equal([2, 600]);
  });

  it('runs what failed no second time, where that is asked for', async () => {
    const made: string[] = [];
    const { result } = await inLanes([denied('a')], {
      rerun: false,
      cluster: (simulated) => ({
        apply: async (object, options) => {
          if (object.kind === 'Pod') made.push(object.metadata.name);
          return object.kind === 'NetworkPolicy' ? { sentMs: 0, answeredMs: 0 } : simulated.apply(object, options);
        },
      }),
    });
    expect(statuses(result)).to.deep.equal([['a', 'failed']]);
    expect(made).to.have.length(3);
  });

  it('begins none after one that did not pass, where that is asked for', async () => {
    const { result, started } = await inLanes([denied('a'), denied('b')], {
      failFast: true,
      cluster: (simulated) => ({
        apply: async (object, options) =>
          object.kind === 'NetworkPolicy' ? { sentMs: 0, answeredMs: 0 } : simulated.apply(object, options),
      }),
    });
    expect(started).to.deep.equal(['a']);
    expect(statuses(result)).to.deep.equal([['a', 'failed']]);
    expect(result.run.unfinished).to.equal(1);
  });
});
