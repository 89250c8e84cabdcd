import { expect } from 'chai';
import type { Cluster } from '../../../src/ports/cluster.ts';
import type { RunEvent } from '../../../src/ports/run-events.ts';
import { simulatedRun } from '../../support/engine/simulated-run.ts';
import { policy, webScenario } from '../../support/engine/web-scenario.ts';

const DENY = policy('deny', { ingress: [] });
const denied = webScenario([
  { name: 'no policy', changes: [] },
  { name: 'deny', changes: [{ kind: 'apply', manifest: DENY }] },
  { name: 'after it', changes: [] },
]);

/** A cluster that takes policies, and on which they do nothing. */
const enforcingNothing = (simulated: Cluster): Partial<Cluster> => ({
  apply: async (object, options) =>
    object.kind === 'NetworkPolicy' ? { sentMs: 0, answeredMs: 0 } : simulated.apply(object, options),
});

describe('a run that is aborted', () => {
  it('cleans up and says so where no step has failed', async () => {
    const controller = new AbortController();
    const { run, cluster } = await simulatedRun({ signal: controller.signal });
    const stopped = run.runScenario(denied, (event) => {
      if (event.kind === 'step-started' && event.step === 'deny') controller.abort(new Error('stop'));
    });
    const reason = await stopped.catch((error: unknown) => error);
    expect(reason).to.be.an('error').with.property('message', 'stop');
    expect(cluster.store.ofKind('Namespace')).to.deep.equal([]);
    const result = await run.finish(() => {});
    expect(result.run).to.include({ interrupted: true, unfinished: 1 });
    expect(result.scenarios).to.deep.equal([]);
  });

  it('leaves no namespace behind whose creation the API server carries out after the abort', async () => {
    const controller = new AbortController();
    const creations: Promise<unknown>[] = [];
    const { run, cluster } = await simulatedRun({
      signal: controller.signal,
      cluster: (simulated, clock) => ({
        apply: async (object, options) => {
          const created = clock.sleep(1_000).then(() => simulated.apply(object));
          creations.push(created);
          controller.abort(new Error('stop'));
          options?.signal?.throwIfAborted();
          return created;
        },
      }),
    });
    const reason = await run.runScenario(denied, () => {}).catch((error: unknown) => error);
    expect(reason).to.be.an('error').with.property('message', 'stop');
    await run.finish(() => {});
    await Promise.all(creations);
    expect(cluster.store.ofKind('Namespace')).to.deep.equal([]);
  });

  for (const [when, isMoment] of [
    [
      'while a scenario that failed waits for its second run',
      (event) => event.kind === 'phase' && event.phase === 'set aside',
    ],
    ['in its second run', (event) => event.kind === 'phase' && event.phase === 'rerun'],
    ['after a step that failed', (event) => event.kind === 'step-started' && event.step === 'after it'],
  ] satisfies readonly (readonly [string, (event: RunEvent) => boolean])[]) {
    it(`keeps what failed, ${when}`, async () => {
      const controller = new AbortController();
      const { run, cluster } = await simulatedRun({ signal: controller.signal, cluster: enforcingNothing });
      const { steps } = await run.runScenario(denied, (event) => {
        if (isMoment(event)) controller.abort(new Error('stop'));
      });
      expect(steps.filter(({ status }) => status === 'failed').map(({ name }) => name)[0]).to.equal('deny');
      const result = await run.finish(() => {});
      expect(result.run).to.include({ interrupted: true });
      expect(result.summary).to.include({ scenarios: 1, failed: 1, passed: 0 });
      expect(cluster.store.ofKind('Namespace')).to.deep.equal([]);
    });
  }
});
