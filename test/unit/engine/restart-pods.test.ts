import { expect } from 'chai';
import { oracleDataplane, simulatedNetwork } from '../../../src/adapters/simulated/simulated-network.ts';
import type { ScenarioResult } from '../../../src/core/result/result.ts';
import { simulatedRun, type Trouble } from '../../support/engine/simulated-run.ts';
import { policyText, scenarioOf } from '../../support/scenario/scenario-text.ts';

const PODS = `      server: {node: 1, labels: {app: server}, ports: [80]}
      friend: {node: 2, labels: {role: friend}, ports: [80]}
      other: {node: 2, ports: [80]}`;
const SERVICES = '      server: {selector: {app: server}, ports: [80]}';
const FRIENDS = policyText(
  'friends',
  '{podSelector: {matchLabels: {app: server}}, ingress: [{from: [{podSelector: {matchLabels: {role: friend}}}]}]}',
);
const BY_ADDRESS = policyText(
  'by-address',
  "{podSelector: {matchLabels: {app: server}}, ingress: [{from: [{ipBlock: {cidr: '${ip:x/friend}/32'}}]}]}",
);

async function run(steps: string, trouble: Trouble = {}): Promise<ScenarioResult> {
  const { run } = await simulatedRun(trouble);
  return run.runScenario(scenarioOf({ pods: PODS, services: SERVICES, steps }), () => {});
}

describe('a pod whose container is started again', () => {
  const steps = `  - {name: closed, apply: [${FRIENDS}], expect: {deny: ["*->x/server"], allow: ["x/friend->x/server"]}}
  - name: it comes back
    restart-container: [x/friend, x/server]
    expect: {deny: ["*->x/server"], allow: ["x/friend->x/server"]}`;

  it('probes and is probed from the address that it had', async () => {
    const dialled = new Set<string>();
    const result = await run(steps, {
      network: (cluster) => {
        const sound = simulatedNetwork(cluster);
        return (from, dial) => {
          if (dial.cell.to === 'x/friend') dialled.add(dial.host);
          return sound(from, dial);
        };
      },
    });
    expect([result.status, result.reason]).to.deep.equal(['passed', null]);
    expect(dialled.size).to.equal(1);
    expect(result.steps[1]?.changes).to.deep.equal([
      { kind: 'restart-container', object: 'Pod x/friend, Pod x/server' },
    ]);
    const known = result.steps[1]?.cells.map((cell) => cell.known) ?? [];
    expect(Math.min(...known)).to.be.greaterThan(3);
  });

  it('fails where it is let go, or cut off', async () => {
    const forgetful = (labels: Readonly<Record<string, string>>): Trouble => ({
      network: (cluster) =>
        simulatedNetwork(cluster, (state) =>
          oracleDataplane({
            ...state,
            pods: state.pods.map((pod) => (pod.restarts ? { ...pod, labels } : pod)),
          }),
        ),
    });
    for (const labels of [{}, { app: 'server' }]) {
      const { status, steps: done } = await run(steps, forgetful(labels));
      expect(status).to.equal('failed');
      expect(done[1]?.failures.length).to.be.greaterThan(0);
    }
  });
});

describe('a pod whose sandbox is taken away', () => {
  const steps = `  - {name: closed, apply: [${FRIENDS}], expect: {deny: ["*->x/server"], allow: ["x/friend->x/server"]}}
  - name: it comes back
    restart-sandbox: [x/friend]
    expect: {deny: ["*->x/server"], allow: ["x/friend->x/server"]}
  - name: one gets its address
    create: {x/heir: {takesAddressOf: x/friend}}
    expect: {deny: ["*->x/server"], allow: ["x/friend->x/server"]}`;

  it('probes and is probed from its new address, and the old one is free', async () => {
    const dialled = new Set<string>();
    const {
      status,
      reason,
      steps: done,
    } = await run(steps, {
      network: (cluster) => {
        const sound = simulatedNetwork(cluster);
        return (from, dial) => {
          if (dial.cell.to === 'x/friend') dialled.add(dial.host);
          return sound(from, dial);
        };
      },
    });
    expect([status, reason]).to.deep.equal(['passed', null]);
    expect(dialled.size).to.equal(2);
    expect(done[1]?.changes).to.deep.equal([{ kind: 'restart-sandbox', object: 'Pod x/friend' }]);
    const known = done[1]?.cells.map((cell) => cell.known) ?? [];
    expect(Math.min(...known)).to.be.greaterThan(3);
  });

  it('is as open or closed as its new address: what a policy says of the old one is another thing', async () => {
    const { status, reason } = await run(`  - name: by address
    apply: [${BY_ADDRESS}]
    expect: {deny: ["*->x/server"], allow: ["x/friend->x/server"]}
  - name: it comes back
    restart-sandbox: [x/friend]
    expect: {deny: ["*->x/server"]}`);
    expect([status, reason]).to.deep.equal(['passed', null]);
  });

  it('is dialled from when its new address is known: what it lets in before it is ready counts', async () => {
    const restart = `  - {name: closed, apply: [${FRIENDS}], expect: {deny: ["*->x/server"], allow: ["x/friend->x/server"]}}
  - name: it comes back
    restart-sandbox: [x/server]
    expect: {deny: ["*->x/server"], allow: ["x/friend->x/server"]}`;
    const slowly = (leaks: boolean): Trouble => {
      let readyMs = 0;
      return {
        // The kubelet tells the address two seconds before the containers run.
        cluster: (cluster, clock) => ({
          get: async (ref) => {
            const object = await cluster.get(ref);
            const { containerStatuses: _, ...status } = (object?.status ?? {}) as { containerStatuses?: unknown };
            if (ref.kind !== 'Pod' || object === undefined || _ === undefined) return object;
            readyMs ||= clock.now() + 2_000;
            return clock.now() < readyMs ? { ...object, status } : object;
          },
        }),
        network: (cluster, clock) => {
          const sound = simulatedNetwork(cluster);
          return (from, dial) =>
            leaks && clock.now() < readyMs && dial.cell.to === 'x/server' ? 'open' : sound(from, dial);
        },
      };
    };
    expect((await run(restart, slowly(false))).status).to.equal('passed');
    const { status, steps: done } = await run(restart, slowly(true));
    expect(status).not.to.equal('passed');
    expect(done[1]?.failures.map(({ cell }) => cell)).to.include('x/other->x/server:80/TCP via pod-ip');
  });

  it('is not found out about where its containers are not started again', async () => {
    const { status, reason } = await run(steps, {
      machinery: (machinery) => ({ ...machinery, restart: async () => {} }),
    });
    expect(status).to.equal('inconclusive');
    expect(reason).to.contain('were not started again');
  });
});

describe('a node that is restarted', () => {
  const steps = `  - {name: closed, apply: [${FRIENDS}], expect: {deny: ["*->x/server"], allow: ["x/friend->x/server"]}}
  - name: it comes back
    restart-node: 2
    expect: {deny: ["*->x/server"], allow: ["x/friend->x/server"]}`;

  it('takes the pods on it along, and no others', async () => {
    const restarted: string[] = [];
    const { status, steps: done } = await run(steps, {
      machinery: (machinery) => ({
        ...machinery,
        restart: async (what) => {
          restarted.push(`${what.kind} ${what.node}`);
          await machinery.restart(what);
        },
      }),
    });
    expect(status).to.equal('passed');
    expect(restarted).to.deep.equal(['node node-2']);
    expect(done[1]?.changes).to.deep.equal([{ kind: 'restart-node', object: 'Node 2' }]);
  });

  it('is no excuse for a cell between pods on other nodes', async () => {
    const pods = `${PODS}\n      near: {node: 1, ports: [80]}`;
    let open = false;
    const { run: onCluster } = await simulatedRun({
      machinery: (machinery) => ({
        ...machinery,
        restart: async (what) => {
          open = true;
          await machinery.restart(what);
          open = false;
        },
      }),
      network: (cluster) => {
        const sound = simulatedNetwork(cluster);
        return (from, dial) =>
          open && dial.cell.from === 'x/near' && dial.cell.to === 'x/server' ? 'open' : sound(from, dial);
      },
    });
    const { status, steps: done } = await onCluster.runScenario(
      scenarioOf({ pods, services: SERVICES, steps }),
      () => {},
    );
    expect(status).to.equal('failed');
    expect(done[1]?.failures.map(({ cell }) => cell)).to.deep.equal([
      'x/near->x/server:80/TCP via pod-ip',
      'x/near->x/server:80/TCP via cluster-ip',
    ]);
  });

  it('is not restarted where a pod is on another node than its scenario says', async () => {
    const restarted: string[] = [];
    const { status, reason } = await run(
      `  - {name: closed, apply: [${FRIENDS}], expect: {deny: ["*->x/server"], allow: ["x/friend->x/server"]}}
  - {name: one elsewhere, remove: [x/other], create: {x/heir: {node: 1, takesAddressOf: x/other}}, expect: {deny: ["*->x/server"], allow: ["x/friend->x/server"]}}
  - {name: another, remove: [x/heir], create: {x/last: {node: 2, takesAddressOf: x/heir}}, expect: {deny: ["*->x/server"], allow: ["x/friend->x/server"]}}
  - {name: it comes back, restart-node: 2, expect: {deny: ["*->x/server"], allow: ["x/friend->x/server"]}}`,
      {
        cluster: (cluster) => ({
          waitForPods: async (...call) => {
            const pods = await cluster.waitForPods(...call);
            return pods.map((pod) => (pod.metadata.name === 'last' ? { ...pod, spec: { nodeName: 'node-1' } } : pod));
          },
        }),
        machinery: (machinery) => ({
          ...machinery,
          restart: async (what) => {
            restarted.push(what.node);
          },
        }),
      },
    );
    expect([status, restarted]).to.deep.equal(['inconclusive', []]);
    expect(reason).to.contain('which is to be restarted');
  });
});
