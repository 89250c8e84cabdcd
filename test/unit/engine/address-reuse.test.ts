import { expect } from 'chai';
import type { ScenarioResult } from '../../../src/core/result/result.ts';
import type { KubeObject } from '../../../src/ports/cluster.ts';
import { simulatedRun, type Trouble } from '../../support/engine/simulated-run.ts';
import { policyText, scenarioOf } from '../../support/scenario/scenario-text.ts';

const PODS = `      a: {labels: {app: a}, ports: [80]}
      b: {labels: {app: b}, ports: [80], ends: failed}`;
const STEPS = `  - name: it ends, and another has its address
    end: [x/b]
    create: { x/c: { ports: [80], takesAddressOf: x/b } }
  - {name: gone, remove: [x/b]}`;

/** What a cluster was asked for, and the pods as they were applied. */
interface Seen {
  readonly applied: KubeObject[];
  readonly result: ScenarioResult;
}

async function run(trouble: Trouble & { readonly steps?: string } = {}): Promise<Seen> {
  const applied: KubeObject[] = [];
  const { run } = await simulatedRun({
    ...trouble,
    cluster: (cluster, clock) => {
      const own = { ...cluster, ...trouble.cluster?.(cluster, clock) };
      return {
        ...own,
        apply: (object, options) => {
          if (object.kind === 'Pod') applied.push(object);
          return own.apply(object, options);
        },
      };
    },
  });
  const scenario = scenarioOf({
    pods: PODS,
    services: '      a: {selector: {app: a}, ports: [80]}',
    steps: trouble.steps ?? STEPS,
  });
  const result = await run.runScenario(scenario, () => {});
  await run.finish(() => {});
  return { applied, result };
}

const named = (name: string, { applied }: Seen) => applied.filter(({ metadata }) => metadata.name === name);
const annotations = (pod: KubeObject | undefined) => pod?.metadata.annotations as Record<string, string> | undefined;

/** A cluster that gives pod c address after address, the one that b had at the `nth` time. */
const lottery = (nth: number): Trouble => {
  let tries = 0;
  let former = '';
  return {
    pinAddress: false,
    cluster: (cluster) => ({
      apply: async (object, options) => {
        const times = await cluster.apply(object, options);
        const { name } = object.metadata;
        const stored = cluster.store.get({ ...object, ...(object.metadata as { namespace: string }), name });
        const status = stored?.status as { podIPs: readonly { ip: string }[] } | undefined;
        if (name === 'b') former = status?.podIPs[0]?.ip ?? '';
        if (name !== 'c' || stored === undefined) return times;
        tries += 1;
        if (tries === nth) cluster.store.put({ ...stored, status: { ...status, podIPs: [{ ip: former }] } });
        return times;
      },
    }),
  };
};

describe('a pod that takes the address of another', () => {
  it('has the plugin told of it, and goes to the node of that one', async () => {
    const seen = await run();
    expect([seen.result.status, seen.result.reason]).to.deep.equal(['passed', null]);
    const [c] = named('c', seen);
    expect(Object.values(annotations(c) ?? {})[0]).to.match(/^10\.244\./);
    expect((c?.spec as { nodeName?: string } | undefined)?.nodeName).to.match(/^node-/);
    expect(annotations(named('a', seen)[0])).to.equal(undefined);
  });

  it('is made again and again where the plugin cannot be told', async () => {
    const seen = await run(lottery(4));
    expect([seen.result.status, seen.result.reason]).to.deep.equal(['passed', null]);
    expect(named('c', seen)).to.have.length(4);
  });

  it('is given up after some tries: the scenario is skipped, with the reason', async () => {
    const seen = await run(lottery(Number.POSITIVE_INFINITY));
    expect(seen.result.status).to.equal('skipped');
    expect(seen.result.reason).to.match(
      /^ip-reuse: pod c did not get the address 10\.244\.\S+: not in 20 tries, and the network plugin cannot be told$/,
    );
    expect(named('c', seen)).to.have.length(20);
  });

  it('is dialled ahead where the plugin can be told, and else not made at all', async () => {
    const steps = `  - name: ends
    end: [x/b]
    create: { x/c: { ports: [80], takesAddressOf: x/b, dialledAhead: true } }
  - {name: gone, remove: [x/b]}`;
    expect((await run({ steps })).result.status).to.equal('passed');
    const seen = await run({ ...lottery(1), steps });
    expect(seen.result.status).to.equal('skipped');
    expect(seen.result.reason).to.contain('it is dialled ahead, and the network plugin cannot be told');
    expect(named('c', seen)).to.deep.equal([]);
  });

  it('is given up where the plugin does not do what it is told', async () => {
    const seen = await run({
      cluster: (cluster) => ({
        apply: (object, options) => {
          const { annotations: _, ...metadata } = object.metadata as KubeObject['metadata'] & { annotations?: unknown };
          return cluster.apply({ ...object, metadata }, options);
        },
      }),
    });
    expect(seen.result.status).to.equal('skipped');
    expect(seen.result.reason).to.match(/^ip-reuse: pod x\/c did not get the address 10\.244\.\S+: got 10\.244\.\S+$/);
  });
});

describe('a pod that ends', () => {
  it('is no more, with its cells, while its object stays until it is removed', async () => {
    const phases: unknown[] = [];
    const seen = await run({
      cluster: ({ store, delete: remove }) => ({
        delete: (ref, options) => {
          if (ref.kind === 'Pod') phases.push((store.get(ref)?.status as { phase?: string } | undefined)?.phase);
          return remove(ref, options);
        },
      }),
    });
    expect(phases).to.deep.equal(['Failed']);
    const cells = seen.result.steps.map((step) => step.cells.map(({ from, to }) => `${from}->${to}`));
    expect(cells.flat().join()).not.to.include('x/b');
    expect(seen.result.steps[0]?.changes.map(({ kind }) => kind)).to.deep.equal(['end-pod', 'create-pods']);
  });

  it('is no peer of policies any more', async () => {
    const onlyB = policyText(
      'only-b',
      '{podSelector: {matchLabels: {app: a}}, ingress: [{from: [{podSelector: {matchLabels: {app: b}}}]}]}',
    );
    const { result } = await run({
      steps: `  - {name: only b, apply: [${onlyB}]}
  - name: its heir
    end: [x/b]
    create: { x/c: { takesAddressOf: x/b } }
    expect: { deny: ["x/c->x/a"] }`,
    });
    expect([result.status, result.reason]).to.deep.equal(['passed', null]);
  });

  it('leaves the scenario inconclusive where it goes on', async () => {
    const ended = { end: { kind: 'exited', code: 0 }, stdout: '', stderr: '' } as const;
    const { result } = await run({ cluster: () => ({ run: async () => ended }) });
    expect(result.status).to.equal('inconclusive');
    expect(result.reason).to.include('pod x/b was to be Failed and is Running after 60 s');
  });
});
