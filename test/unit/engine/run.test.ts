import { expect } from 'chai';
import { ClusterError, ProbeError } from '../../../src/core/diagnostics/errors.ts';
import { exitCodeOf } from '../../../src/core/result/build-run.ts';
import { NotRun } from '../../../src/engine/run.ts';
import type { ProbeEvent, Prober } from '../../../src/ports/prober.ts';
import type { RunEvent } from '../../../src/ports/run-events.ts';
import { simulatedRun } from '../../support/engine/simulated-run.ts';
import { policy, webScenario } from '../../support/engine/web-scenario.ts';

const DENY = policy('deny', { ingress: [] });
const denied = webScenario([
  { name: 'no policy', changes: [] },
  { name: 'deny', changes: [{ kind: 'apply', manifest: DENY }] },
]);

describe('a run', () => {
  it('passes where the plugin does what the policies say, and leaves nothing behind', async () => {
    const { run, cluster } = await simulatedRun();
    const events: RunEvent[] = [];
    const scenario = await run.runScenario(denied, (event) => events.push(event));
    expect(scenario.reason ?? '').to.equal('');
    expect(scenario.steps.map(({ name, status }) => [name, status])).to.deep.equal([
      ['no policy', 'passed'],
      ['deny', 'passed'],
      ['all policies deleted', 'passed'],
    ]);
    expect(scenario.steps.map(({ changes }) => changes)).to.deep.equal([
      [],
      [{ kind: 'create', object: 'NetworkPolicy x/deny' }],
      [{ kind: 'delete', object: 'NetworkPolicy x/deny' }],
    ]);
    const result = await run.finish(() => {});
    expect(exitCodeOf(result)).to.equal(0);
    expect(cluster.store.ofKind('Namespace')).to.deep.equal([]);
    expect(events.filter(({ kind }) => kind === 'step-finished')).to.have.length(3);
  });

  it('fails, exactly the cells that are open, where a policy never arrives', async () => {
    const { run } = await simulatedRun({
      cluster: (cluster) => ({
        apply: async (object, options) =>
          object.kind === 'NetworkPolicy' ? { sentMs: 0, answeredMs: 0 } : cluster.apply(object, options),
      }),
    });
    const scenario = await run.runScenario(denied, () => {});
    expect(scenario.status).to.equal('failed');
    expect(scenario.steps.map(({ name, status }) => [name, status])).to.deep.equal([
      ['no policy', 'passed'],
      ['deny', 'failed'],
      ['all policies deleted', 'passed'],
    ]);
    const deny = scenario.steps.find(({ name }) => name === 'deny');
    expect(deny?.failures.map(({ cell }) => cell).sort()).to.deep.equal([
      'x/client->x/web:80/TCP via cluster-ip',
      'x/client->x/web:80/TCP via pod-ip',
      'y/client->x/web:80/TCP via cluster-ip',
      'y/client->x/web:80/TCP via pod-ip',
    ]);
    expect(exitCodeOf(await run.finish(() => {}))).to.equal(1);
  });

  it('fails in the baseline, and runs no step, where pods cannot reach each other without any policy', async () => {
    const { run, cluster } = await simulatedRun({
      cluster: (simulated) => ({
        apply: async (object, options) => {
          if (object.kind === 'Namespace') {
            const metadata = { name: 'stray', namespace: object.metadata.name };
            const spec = { podSelector: {}, policyTypes: ['Ingress'] };
            await simulated.apply({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec });
          }
          return simulated.apply(object, options);
        },
      }),
    });
    const scenario = await run.runScenario(denied, () => {});
    expect(scenario.status).to.equal('failed');
    expect(scenario.steps.map(({ name }) => name)).to.deep.equal(['baseline without policies']);
    await run.finish(() => {});
    expect(cluster.store.ofKind('Namespace')).to.deep.equal([]);
  });

  it('is inconclusive, never a verdict, when pods cannot be attached', async () => {
    const { run, cluster } = await simulatedRun({
      prober: () => ({
        attach: async () => {
          throw new ProbeError({
            code: 'attach-failed',
            message: 'no stream to x/client',
            hint: 'look',
            pod: 'x/client',
          });
        },
      }),
    });
    const events: RunEvent[] = [];
    const scenario = await run.runScenario(denied, (event) => events.push(event));
    expect(scenario.status).to.equal('inconclusive');
    expect(scenario.reason).to.contain('no stream to x/client').and.contain('attach-failed');
    expect(events).to.deep.include({
      kind: 'warning',
      code: 'attach-failed',
      message: 'test/web: no stream to x/client',
      hint: 'look',
    });
    expect(cluster.store.ofKind('Pod')).to.deep.equal([]);
    expect(exitCodeOf(await run.finish(() => {}))).to.equal(3);
  });

  it('is inconclusive, and names the node, where pods fall silent on a node that is not Ready', async () => {
    let silent = false;
    const notReady = {
      type: 'Ready',
      status: 'Unknown',
      reason: 'NodeStatusUnknown',
      message: 'Kubelet stopped posting',
    };
    const onSilentNode = await simulatedRun({
      cluster: (cluster) => ({
        apply: async (object, options) => {
          silent ||= object.kind === 'NetworkPolicy';
          return cluster.apply(object, options);
        },
        get: async (ref, options) =>
          ref.kind === 'Node' && silent
            ? { ...ref, metadata: { name: ref.name }, status: { conditions: [notReady] } }
            : cluster.get(ref, options),
      }),
      prober: (prober) => silencing(prober, () => silent),
    });
    const open = webScenario([
      { name: 'allow', changes: [{ kind: 'apply', manifest: policy('all', { ingress: [{}] }) }] },
    ]);
    const scenario = await onSilentNode.run.runScenario(open, () => {});
    expect(scenario.status).to.equal('inconclusive');
    expect(scenario.reason).to.contain('node node-1 is not Ready (NodeStatusUnknown, Kubelet stopped posting)');
    await onSilentNode.run.finish(() => {});

    silent = false;
    const onGoodNode = await simulatedRun({
      cluster: (cluster) => ({
        apply: async (object, options) => {
          silent ||= object.kind === 'NetworkPolicy';
          return cluster.apply(object, options);
        },
      }),
      prober: (prober) => silencing(prober, () => silent),
    });
    expect((await onGoodNode.run.runScenario(open, () => {})).status, 'all nodes Ready').to.equal('failed');
    await onGoodNode.run.finish(() => {});
  });

  it('ends, and runs nothing more, where the API server went away and stays away', async () => {
    let away = false;
    let asked = 0;
    const gone = new ClusterError({ code: 'cluster-unreachable', message: 'nobody answers' });
    const { run } = await simulatedRun({
      cluster: (cluster) => ({
        get: async (ref, options) => {
          if (away) asked += 1;
          if (away) throw gone;
          return cluster.get(ref, options);
        },
        apply: async (object, options) => {
          if (object.kind === 'NetworkPolicy') away = true;
          if (away) throw gone;
          return cluster.apply(object, options);
        },
      }),
    });
    const events: RunEvent[] = [];
    const hear = (event: RunEvent): unknown => events.push(event);
    const ended = await Promise.allSettled(
      [1, 2, 3].map((n) => run.runScenario({ ...denied, id: `denied-${n}` }, hear)),
    );
    expect(ended.map(({ status }) => status)).to.have.members(['fulfilled', 'rejected', 'rejected']);
    expect(asked).to.equal(1);
    expect(events.filter((event) => event.kind === 'warning' && event.code === 'cluster-lost')).to.have.length(1);
    expect(await run.runScenario(denied, hear).catch((error) => error)).to.be.instanceOf(NotRun);
    const result = await run.finish(hear);
    expect(result.run).to.include({ unfinished: 3 });
    expect(exitCodeOf(result)).to.equal(3);
  });

  it('goes on after a scenario that the API server did not answer in time, if it answers again', async () => {
    const busy = new ClusterError({ code: 'cluster-timeout', message: 'no answer in time' });
    let failed = false;
    const { run } = await simulatedRun({
      cluster: (cluster) => ({
        apply: async (object, options) => {
          if (object.kind !== 'NetworkPolicy' || failed) return cluster.apply(object, options);
          failed = true;
          throw busy;
        },
      }),
    });
    const [first, second] = await Promise.all(
      [1, 2].map((n) => run.runScenario({ ...denied, id: `denied-${n}` }, () => {})),
    );
    expect([first?.status, second?.status]).to.have.members(['inconclusive', 'passed']);
    await run.finish(() => {});
  });

  it('keeps what it found, and warns, where clean-up fails', async () => {
    let away = false;
    const gone = new ClusterError({ code: 'cluster-unreachable', message: 'nobody answers' });
    const { run } = await simulatedRun({
      cluster: (cluster) => ({
        list: async (query, options) => {
          if (away) throw gone;
          return cluster.list(query, options);
        },
        apply: async (object, options) => {
          if (object.kind === 'NetworkPolicy') away = true;
          if (away) throw gone;
          return cluster.apply(object, options);
        },
      }),
    });
    const scenario = await run.runScenario(denied, () => {});
    expect(scenario).to.include({ status: 'inconclusive', incomplete: true });
    expect(scenario.reason).to.contain('nobody answers');
    const events: RunEvent[] = [];
    const result = await run.finish((event) => events.push(event));
    expect(result.scenarios).to.deep.equal([scenario]);
    expect(events).to.deep.include({
      kind: 'warning',
      code: 'clean-up-incomplete',
      message: 'nobody answers',
      hint: 'run "netproof clean" later',
    });
  });

  it('is inconclusive when the API server refuses a policy', async () => {
    const { run } = await simulatedRun({
      cluster: (cluster) => ({
        apply: async (object, options) => {
          if (object.kind !== 'NetworkPolicy') return cluster.apply(object, options);
          throw new ClusterError({ code: 'refused', message: 'strict decoding error' });
        },
      }),
    });
    const scenario = await run.runScenario(denied, () => {});
    expect(scenario.status).to.equal('inconclusive');
    expect(scenario.reason).to.contain('strict decoding error');
  });

  /** Runs on sessions of which the first ones lose attempts, from 1.5 s to `untilMs`. */
  const troubledFor = async (most: number, untilMs = Number.POSITIVE_INFINITY) => {
    let tries = 0;
    const { run } = await simulatedRun({
      prober: (prober) => ({
        attach: (pods, onEvent, options) => {
          tries += 1;
          const troubled = tries <= most;
          return prober.attach(
            pods,
            (event) => {
              const told = event.kind !== 'attempt' || event.attempt.sentMs < 1_500 || event.attempt.sentMs > untilMs;
              if (!troubled || told) onEvent(event);
            },
            options,
          );
        },
      }),
    });
    const { status } = await run.runScenario(denied, () => {});
    await run.finish(() => {});
    return { status, tries };
  };

  it('runs again when its own trouble left cells unknown, and says what came of that', async () => {
    expect(await troubledFor(1)).to.deep.equal({ status: 'passed', tries: 2 });
    expect(await troubledFor(2)).to.deep.equal({ status: 'passed', tries: 3 });
    expect(await troubledFor(10)).to.deep.equal({ status: 'inconclusive', tries: 4 });
  });

  it('runs again at once in the same pods where that is enough', async () => {
    expect(await troubledFor(1, 4_000)).to.deep.equal({ status: 'passed', tries: 1 });
  });

  it('is inconclusive when the probing of a pod ends in the middle', async () => {
    const { run } = await simulatedRun({
      prober: (prober) => ({
        attach: (pods, onEvent, options) =>
          prober.attach(
            pods,
            (event) => {
              if (event.kind !== 'attempt') onEvent(event);
              else onEvent({ ...event, attempt: { ...event.attempt, outcome: 'inconclusive' } });
            },
            options,
          ),
      }),
    });
    expect((await run.runScenario(denied, () => {})).status).to.equal('inconclusive');
  });
});

/** The prober, with every attempt that succeeded turned into silence from the moment on. */
function silencing(prober: Prober, isSilent: () => boolean): Prober {
  return {
    attach: (pods, onEvent, options) => {
      const silence = (event: ProbeEvent): void => {
        const silent = event.kind === 'attempt' && isSilent();
        onEvent(silent ? { ...event, attempt: { ...event.attempt, outcome: 'dropped', durationMs: 0 } } : event);
      };
      return prober.attach(pods, silence, options);
    },
  };
}
