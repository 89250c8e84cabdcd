import { expect } from 'chai';
import { loadScenarios } from '../../../src/adapters/files/load-scenarios.ts';
import { wgetUrl } from '../../../src/adapters/prober/wget/words.ts';
import { type SimulatedNetwork, simulatedNetwork } from '../../../src/adapters/simulated/simulated-network.ts';
import { splitName } from '../../../src/core/model/pod-name.ts';
import type { ScenarioResult } from '../../../src/core/result/result.ts';
import type { Scenario } from '../../../src/core/scenario/scenario.ts';
import type { KubeObject, PodRef } from '../../../src/ports/cluster.ts';
import type { ProbeEvent, ProbePod, ProbeSession } from '../../../src/ports/prober.ts';
import { simulatedRun } from '../../support/engine/simulated-run.ts';
import { FIRST_REFUSAL_MUTANTS } from '../../support/faults/mutants/first-refusals.ts';
import { ENTERED, START_FAULTS, type StartFault } from '../../support/faults/start-faults.ts';

/** Scenarios whose pods are dialled before they are there, with what has to show in them; those of the others dial. */
const [TCP_REFUSAL, UDP_REFUSAL] = FIRST_REFUSAL_MUTANTS;
const INTO: Readonly<Record<string, readonly (StartFault | undefined)[]>> = {
  'start/entered-from-the-first-instant': [ENTERED, TCP_REFUSAL],
  'start/entered-over-udp-from-the-first-instant': [ENTERED, UDP_REFUSAL],
};
/** Time between two attempts that a pod makes by itself, and for how long it does, in ms. */
const EVERY_MS = 100;
const LENGTH_MS = 5_000;
/** How long a pod stands before it is attached to, in ms: the API server tells of it late. */
const UNSEEN_MS = 2_000;

/** A pod that was made: when, and what it was told to dial. */
interface Born {
  readonly atMs: number;
  readonly urls: readonly string[];
}

function urlsOf({ spec }: KubeObject): readonly string[] {
  const { containers } = spec as {
    readonly containers: readonly [{ readonly env?: readonly { readonly name: string; readonly value: string }[] }];
  };
  return containers[0].env?.find(({ name }) => name === 'URLS')?.value.split(' ') ?? [];
}

/**
 * Runs a scenario, in virtual time, on a simulated cluster with the fault, where pods are attached to when the fault is
 * over: only what they remember of their first instant can show it. Also returns how many attempts they remembered.
 */
async function runOn(scenario: Scenario, { wire }: Pick<StartFault, 'wire'>): Promise<[ScenarioResult, number]> {
  const born = new Map<string, Born>();
  let network: SimulatedNetwork = () => 'inconclusive';
  let remembered = 0;
  const { run } = await simulatedRun({
    cluster: ({ apply, waitForPods }, clock) => ({
      apply: (object, options) => {
        if (object.kind === 'Pod') born.set(object.metadata.name, { atMs: clock.now(), urls: urlsOf(object) });
        return apply(object, options);
      },
      waitForPods: async (...call) => {
        await clock.sleep(UNSEEN_MS);
        return waitForPods(...call);
      },
    }),
    network: (cluster, clock) => {
      network = simulatedNetwork(cluster);
      const ageMs = (name: string) => clock.now() - (born.get(name)?.atMs ?? 0);
      return (from, probe) => {
        const outcome = network(from, probe);
        if (outcome === 'inconclusive') return 'dropped';
        return wire(outcome, {
          fromMs: ageMs(from.name),
          toMs: ageMs(splitName(probe.cell.to).name),
          protocol: probe.cell.protocol,
        });
      };
    },
    prober: (prober, clock) => ({
      attach: async (pods, onEvent, options) => {
        const refs = new Map<string, PodRef>();
        const note = (more: readonly ProbePod[]) => {
          for (const { name, ref } of more) refs.set(name, ref);
        };
        const session = await prober.attach(pods, onEvent, options);
        note(pods);
        const recall: ProbeSession['recall'] = async (probes) => {
          for (const probe of probes) {
            const ref = refs.get(probe.cell.from);
            const pod = born.get(ref?.name ?? '');
            if (ref === undefined || !pod?.urls.includes(wgetUrl(probe.host, probe.cell.port))) continue;
            const held = probe.hold === 'keep' && { held: true as const };
            for (let ageMs = 0; ageMs < LENGTH_MS && pod.atMs + ageMs < clock.now(); ageMs += EVERY_MS) {
              const outcome = wire(network(ref, probe), {
                fromMs: ageMs,
                toMs: Number.POSITIVE_INFINITY,
                protocol: probe.cell.protocol,
                ...held,
              });
              const times = { sentMs: pod.atMs + ageMs, errorMs: 20, durationMs: 10, latenessMs: 0 };
              const event: ProbeEvent = { kind: 'attempt', probe: probe.id, attempt: { ...times, outcome } };
              remembered += 1;
              onEvent(event);
            }
          }
        };
        return {
          ...session,
          recall,
          attach: async (more) => {
            note(more);
            await session.attach(more);
          },
          [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
        };
      },
    }),
  });
  const result = await run.runScenario(scenario, () => {});
  await run.finish(() => {});
  return [result, remembered];
}

describe('the scenarios of the first instant of pods', function () {
  this.timeout(20_000);
  const faults = new Map([...START_FAULTS, ENTERED, ...FIRST_REFUSAL_MUTANTS].map((fault) => [fault.id, fault]));

  for (const scenario of loadScenarios(['start'])) {
    it(`${scenario.id} passes on a sound dataplane`, async () => {
      const [result, remembered] = await runOn(scenario, { wire: (outcome) => outcome });
      expect(result.reason).to.equal(null);
      expect(result.status).to.equal('passed');
      if (INTO[scenario.id] === undefined) expect(remembered, 'attempts from the first instant').to.be.greaterThan(100);
    });

    for (const bug of scenario.catches ?? (INTO[scenario.id] ?? []).map((fault) => fault?.id ?? '')) {
      const fault = faults.get(bug);
      it(`${scenario.id} fails where ${fault?.what} (${bug})`, async () => {
        expect(fault, `a fault for ${bug}`).not.to.equal(undefined);
        const [result] = await runOn(scenario, fault!);
        expect(result.status).to.equal('failed');
        const failures = result.steps.flatMap((step) => step.failures);
        expect(failures.length).to.be.greaterThan(0);
        for (const { cell } of failures) expect(cell).to.include(fault?.shows);
      });
    }
  }
});
