import { expect } from 'chai';
import type { Attempt } from '../../../src/core/matrix/outcome.ts';
import type { ScenarioResult } from '../../../src/core/result/result.ts';
import type { Prober } from '../../../src/ports/prober.ts';
import { simulatedRun } from '../../support/engine/simulated-run.ts';
import { policy, webScenario } from '../../support/engine/web-scenario.ts';

const ADDRESS = '10.0.0.1';
const deny = {
  ...webScenario([{ name: 'deny', changes: [{ kind: 'apply', manifest: policy('deny', { ingress: [] }) }] }]),
  paths: ['pod-ip' as const],
};

/** A network in which every SYN arrives and answers of closed pods do not; pods tell of SYNs when they are asked. */
function answersLost(prober: Prober, asked: string[]): Prober {
  return {
    attach: async (pods, onEvent, options) => {
      const ports = new Map<string, number[]>();
      const destinations = new Map<number, string>();
      let given = 10_000;
      const session = await prober.attach(
        pods,
        (event) => {
          if (event.kind !== 'attempt' || event.attempt.outcome !== 'dropped') return onEvent(event);
          given += 1;
          const to = destinations.get(event.probe) ?? '';
          ports.set(to, [...(ports.get(to) ?? []), given]);
          const attempt: Attempt = { ...event.attempt, sourceAddress: ADDRESS, sourcePort: given };
          onEvent({ ...event, attempt });
        },
        options,
      );
      return {
        ...session,
        schedule: (probes) => {
          for (const { id, cell } of probes) destinations.set(id, cell.to);
          return session.schedule(probes);
        },
        askHalfOpen: (names) => {
          asked.push(...names);
          for (const pod of names) {
            const arrivals = [{ from: ADDRESS, port: 80, sourcePorts: ports.get(pod) ?? [] }];
            onEvent({
              kind: 'heartbeat',
              pod,
              atMs: Number.MAX_SAFE_INTEGER,
              latenessMs: 0,
              endedMs: 0,
              bound: [],
              arrivals,
            });
          }
        },
        [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
      };
    },
  };
}

async function run(wrap: (prober: Prober) => Prober): Promise<ScenarioResult> {
  const { run } = await simulatedRun({ prober: wrap });
  await run.runScenario(deny, () => {});
  const { scenarios } = await run.finish(() => {});
  return scenarios[0]!;
}

describe('SYNs that come to a closed pod whose answers are lost', () => {
  it('are a leak, judged by what comes after the budget', async () => {
    const asked: string[] = [];
    const { status, steps } = await run((prober) => answersLost(prober, asked));
    expect(status).to.equal('failed');
    const [reason] = steps.find(({ name }) => name === 'deny')!.failures[0]!.reasons;
    expect(reason).to.include({ code: 'never-settled' }).and.have.nested.property('attempt.arrived', true);
    expect([...new Set(asked)]).to.deep.equal(['x/web']);
  });

  it('are asked for of pods that have to be closed, and of no others', async () => {
    const asked: (readonly string[])[] = [];
    const { status } = await run((prober) => ({
      attach: async (...given) => {
        const session = await prober.attach(...given);
        const askHalfOpen = (names: readonly string[]): void => void asked.push(names);
        return { ...session, askHalfOpen, [Symbol.asyncDispose]: () => session[Symbol.asyncDispose]() };
      },
    }));
    expect(status).to.equal('passed');
    expect(asked.filter((names) => names.length > 0)).to.deep.equal([['x/web']]);
  });
});
