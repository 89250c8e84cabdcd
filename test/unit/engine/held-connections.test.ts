import { expect } from 'chai';
import { simulatedNetwork } from '../../../src/adapters/simulated/simulated-network.ts';
import type { ProbeEvent } from '../../../src/ports/prober.ts';
import { simulatedRun } from '../../support/engine/simulated-run.ts';
import { policy, webScenario } from '../../support/engine/web-scenario.ts';

/** The probe that dials again from the first held connection's port. */
const FIRST_AGAIN = 1_000_001;
const position = { file: 'web.yaml', line: 1, column: 1 };

describe('connections that a scenario has held open', () => {
  it('are reported for each step that changes something, and change no verdict', async () => {
    const deny = policy('deny', { ingress: [] });
    const scenario = {
      ...webScenario([
        { name: 'look', changes: [] },
        { name: 'deny', changes: [{ kind: 'apply', manifest: deny }] },
      ]),
      connections: [{ pattern: 'x/client->x/web:80/TCP via pod-ip', position }],
    };
    const { run } = await simulatedRun();
    const { status, steps } = await run.runScenario(scenario, () => {});
    await run.finish(() => {});
    expect(status).to.equal('passed');
    expect(
      steps.map(({ name, connections }) => [name, connections.map(({ state, again }) => [state, again])]),
    ).to.deep.equal([
      ['look', []],
      // The simulated cluster knows no connections: every exchange comes to what the policies say of a new one.
      ['deny', [['cut', 'dropped']]],
      ['all policies deleted', [['not-open', 'open']]],
    ]);
    const [held] = steps[1]!.connections;
    expect(held).to.include({ from: 'x/client', to: 'x/web', port: 80, protocol: 'TCP', path: 'pod-ip' });
    expect(held!.broken_ms).to.be.within(0, 100);
  });

  it('are waited for where an agent is late to tell of its dialling again', async () => {
    const scenario = {
      ...webScenario([{ name: 'deny', changes: [{ kind: 'apply', manifest: policy('deny', { ingress: [] }) }] }]),
      connections: [{ pattern: 'x/client->x/web:80/TCP via pod-ip', position }],
    };
    const { run } = await simulatedRun({
      prober: (prober, clock) => ({
        attach: (pods, onEvent, options) => {
          const tell = async (event: ProbeEvent): Promise<void> => {
            if (event.kind === 'attempt' && event.probe === FIRST_AGAIN) await clock.sleep(1_500);
            onEvent(event);
          };
          return prober.attach(pods, (event) => void tell(event), options);
        },
      }),
    });
    const { steps } = await run.runScenario(scenario, () => {});
    await run.finish(() => {});
    expect(steps.map(({ connections }) => connections.map(({ again }) => again))).to.deep.equal([
      ['dropped'],
      ['open'],
    ]);
  });

  it('from a source port of its choice are opened in steps in which the cell is closed all the time', async () => {
    const deny = policy('deny', { ingress: [] });
    const relabel = { kind: 'label-pod', pod: 'x/client', labels: { seen: '1' } } as const;
    const scenario = {
      ...webScenario([
        { name: 'deny', changes: [{ kind: 'apply', manifest: deny }] },
        { name: 'still', changes: [relabel] },
      ]),
      connections: [{ pattern: 'x/client->x/web:80/TCP via pod-ip', position, sourcePort: 5_000 }],
    };
    const ports = new Set<number | undefined>();
    const { run } = await simulatedRun({
      network: (cluster) => {
        const network = simulatedNetwork(cluster);
        return (from, probe) => {
          if (probe.hold !== undefined) ports.add(probe.sourcePort);
          return network(from, probe);
        };
      },
    });
    const { steps } = await run.runScenario(scenario, () => {});
    await run.finish(() => {});
    expect(steps.map(({ connections }) => connections.map(({ status, again }) => [status, again]))).to.deep.equal([
      [],
      [['passed', 'dropped']],
      [],
    ]);
    expect([...ports]).to.deep.equal([5_000]);
  });

  it('are none where the scenario names none', async () => {
    const { run } = await simulatedRun();
    const { steps } = await run.runScenario(webScenario([{ name: 'look', changes: [] }]), () => {});
    await run.finish(() => {});
    expect(steps.flatMap(({ connections }) => connections)).to.deep.equal([]);
  });
});
