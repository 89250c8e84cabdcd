import { expect } from 'chai';
import { loadScenarios } from '../../../src/adapters/files/load-scenarios.ts';
import { simulatedNetwork } from '../../../src/adapters/simulated/simulated-network.ts';
import type { ScenarioResult } from '../../../src/core/result/result.ts';
import type { PluginPart } from '../../../src/core/scenario/disruption.ts';
import type { Scenario } from '../../../src/core/scenario/scenario.ts';
import { simulatedRun } from '../../support/engine/simulated-run.ts';
import { HELD_FAULTS, HELD_MUTANTS, type HeldFault } from '../../support/faults/held-faults.ts';
import { OLD_FLOW_MUTANTS } from '../../support/faults/mutants/old-flows.ts';
import { SOURCE_PORT_MUTANTS } from '../../support/faults/mutants/source-ports.ts';

/** Runs a scenario, in virtual time, on a simulated cluster with the fault. */
async function runOn(scenario: Scenario, fault: Pick<HeldFault, 'wire'>): Promise<ScenarioResult> {
  let restarted: PluginPart | undefined;
  const { run } = await simulatedRun({
    machinery: (machinery) => ({
      ...machinery,
      change: (change, ...rest) => {
        if (change.kind === 'restart-plugin') restarted = change.part;
        return machinery.change(change, ...rest);
      },
    }),
    network: (cluster, clock) => {
      const network = simulatedNetwork(cluster);
      let version = -1;
      let changedMs = Number.NEGATIVE_INFINITY;
      return (from, probe) => {
        if (version !== cluster.store.version) changedMs = clock.now();
        version = cluster.store.version;
        const outcome = network(from, probe);
        const { hold, cell, sourcePort } = probe;
        const outcomeAt = (port: number) => network(from, { ...probe, cell: { ...cell, port } });
        const sinceMs = clock.now() - changedMs;
        return hold === undefined
          ? outcome
          : fault.wire({ hold, sourcePort, outcome, outcomeAt, sinceMs, cell, restarted });
      };
    },
  });
  const result = await run.runScenario(scenario, () => {});
  await run.finish(() => {});
  return result;
}

describe('the scenarios of connections that are held open', function () {
  this.timeout(20_000);
  const faults = new Map(HELD_FAULTS.map((fault) => [fault.id, fault]));
  const scenarios = loadScenarios(['connections']);
  const disruptions = loadScenarios(['disruption']).filter(({ connections = [] }) => connections.length > 0);

  for (const scenario of [...scenarios, ...disruptions]) {
    it(`${scenario.id} passes on a sound dataplane`, async () => {
      const result = await runOn(scenario, { wire: ({ outcome }) => outcome });
      expect(result.reason).to.equal(null);
      expect(result.status).to.equal('passed');
      const judged = result.steps.flatMap(({ connections }) => connections.filter(({ status }) => status === 'passed'));
      expect(judged, 'connections that are judged').not.to.have.length(0);
    });

    for (const bug of scenarios.includes(scenario) ? (scenario.catches ?? []) : []) {
      const fault = faults.get(bug);
      it(`${scenario.id} fails where ${fault?.what} (${bug})`, async () => {
        expect(fault, `a fault for ${bug}`).not.to.equal(undefined);
        const result = await runOn(scenario, fault!);
        expect(result.status).to.equal('failed');
        const failures = result.steps.flatMap((step) => step.failures);
        expect(failures.filter(({ connection }) => connection === undefined)).to.deep.equal([]);
        expect(failures).not.to.have.length(0);
      });
    }
  }

  const mutants = [
    ...HELD_MUTANTS.map((fault) => ({ fault, among: disruptions })),
    ...[...OLD_FLOW_MUTANTS, ...SOURCE_PORT_MUTANTS].map((fault) => ({ fault, among: scenarios })),
  ];
  for (const { fault, among } of mutants) {
    it(`one of them fails where ${fault.what} (${fault.id})`, async () => {
      const results = await Promise.all(among.map((scenario) => runOn(scenario, fault)));
      const failures = results.flatMap(({ steps }) => steps.flatMap((step) => step.failures));
      expect(failures.filter(({ connection }) => connection === undefined)).to.deep.equal([]);
      expect(failures).not.to.have.length(0);
    });
  }
});
