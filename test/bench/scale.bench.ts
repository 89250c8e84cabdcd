import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { agentProber } from '../../src/adapters/prober/agents.ts';
import { systemClock } from '../../src/adapters/system-clock.ts';
import { judgeStep } from '../../src/core/judge/judge-step.ts';
import { DEFAULT_LIMITS } from '../../src/core/judge/limits.ts';
import type { PlannedCell } from '../../src/core/scenario/planned-step.ts';
import { Observation } from '../../src/engine/observation.ts';
import type { Figures } from './figures.ts';
import { FakeAgents } from './scale/fake-agents.ts';

const AGENTS = 200;
const PROBES_AN_AGENT = 10;
const INTERVAL_MS = 100;
/** Seconds of the whole; the figure that the issue of the engine asks for is ten minutes. */
const SECONDS = Number(process.env.BENCH_SCALE_SECONDS ?? 600);
/** Seconds of a step: its attempts are judged at its end, and only what they came to is kept. */
const STEP_SECONDS = 10;
const MIB = 2 ** 20;

setFlagsFromString('--expose-gc');
/** Without it the heap's size tells when garbage was last collected, not what is kept. */
const collectGarbage = runInNewContext('gc') as () => void;

/** One harness with 200 agents that send 20,000 attempts a second: what it takes in, and its memory over time. */
export async function bench(): Promise<Figures> {
  const agents = new FakeAgents();
  const ending = new AbortController();
  const observation = new Observation();
  const pods = Array.from({ length: AGENTS }, (_, n) => `x/a${n}`);
  const prober = agentProber({ cluster: agents.cluster, clock: systemClock });
  let heard = 0;
  const session = await prober.attach(
    pods.map((name) => ({ name, ref: { namespace: 'np-x', name: name.slice(2) }, method: 'agent' })),
    (event) => {
      if (event.kind === 'attempt') heard += 1;
      observation.onEvent(event);
    },
    { signal: ending.signal },
  );
  const cells = pods.flatMap(cellsOf);
  await session.schedule(
    cells.map(({ cell }) => ({
      id: observation.idOf(cell),
      cell,
      host: '10.0.0.9',
      intervalMs: INTERVAL_MS,
      timeoutMs: 900,
      identities: ['x/web'],
    })),
  );
  const begun = performance.now();
  const cpu = process.cpuUsage();
  const heaps: number[] = [];
  let judgeMs = 0;
  for (let step = 0; step < SECONDS / STEP_SECONDS; step++) {
    const fromMs = systemClock.now();
    observation.begin(cells);
    await sleep(STEP_SECONDS * 1_000);
    const hold = { fromMs, toMs: systemClock.now() };
    const judging = performance.now();
    const { status } = judgeStep(
      {
        changes: [],
        series: observation.series(undefined, hold.toMs),
        agents: observation.health(hold.fromMs, hold.toMs),
        backends: new Map(),
        budgetMs: 0,
        flapsAllowed: false,
        hold,
      },
      DEFAULT_LIMITS,
    );
    judgeMs = Math.max(judgeMs, performance.now() - judging);
    if (status !== 'pass') throw new Error(`step ${step} came out ${status}`);
    collectGarbage();
    heaps.push(process.memoryUsage().heapUsed / MIB);
  }
  const seconds = (performance.now() - begun) / 1_000;
  const used = process.cpuUsage(cpu);
  await session[Symbol.asyncDispose]();
  const quarter = Math.max(1, Math.floor(heaps.length / 4));
  return {
    agents: AGENTS,
    seconds,
    attempts_sent_per_second: agents.written / seconds,
    attempts_taken_in_per_second: heard / seconds,
    cpu_percent_with_fake_agents: (used.user + used.system) / 1e4 / seconds,
    longest_judging_seconds: judgeMs / 1_000,
    heap_first_quarter_mib: mean(heaps.slice(0, quarter)),
    heap_last_quarter_mib: mean(heaps.slice(-quarter)),
    rss_mib: process.memoryUsage().rss / MIB,
  };
}

function cellsOf(from: string): readonly PlannedCell[] {
  return Array.from({ length: PROBES_AN_AGENT }, (_, n) => ({
    cell: { from, to: 'x/web', port: 80 + n, protocol: 'TCP', path: 'pod-ip', family: 'IPv4', method: 'agent' },
    before: 'open',
    expected: 'open',
    touched: true,
    explanation: '',
  }));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
