import { judgeStep } from '../../../src/core/judge/judge-step.ts';
import { DEFAULT_LIMITS } from '../../../src/core/judge/limits.ts';
import type { Status } from '../../../src/core/judge/verdict.ts';
import { cellName } from '../../../src/core/matrix/cell.ts';
import type { IpFamily } from '../../../src/core/model/protocol.ts';
import { plan } from '../../../src/core/scenario/plan.ts';
import type { PlannedStep } from '../../../src/core/scenario/planned-step.ts';
import type { Scenario } from '../../../src/core/scenario/scenario.ts';
import type { Fault } from './fault.ts';
import { Stage } from './stage.ts';
import { StepPlayer, WANTED } from './step-player.ts';

/** How a scenario came out on a simulated dataplane. */
export interface Played {
  readonly status: Status;
  /** The first step that did not pass, and the first cell in it that did not. */
  readonly at?: string;
}

/**
 * Plays a scenario on a dataplane with the fault, as the engine would run it, and judges what was seen as the engine
 * does. Nothing waits: attempts and their times are made up, so that hundreds of scenarios take seconds. Ends at the
 * first step that does not pass. `test/unit/faults/play.test.ts` compares it with the engine itself.
 */
export function play(scenario: Scenario, fault: Fault, ipFamilies: readonly IpFamily[] = ['IPv4']): Played {
  const stage = new Stage(scenario, fault, ipFamilies);
  let nowMs = 0;
  for (const step of planned(scenario, ipFamilies)) {
    const player = new StepPlayer(step, stage, nowMs);
    const verdict = judgeStep(player.play(), DEFAULT_LIMITS);
    nowMs = player.nowMs;
    if (verdict.status === 'pass') continue;
    const cell = verdict.cells.find(({ status }) => status === verdict.status)?.cell;
    return { status: verdict.status, at: `${step.name}: ${cell === undefined ? 'no cell' : cellName(cell)}` };
  }
  return { status: 'pass' };
}

/**
 * The first step in which a dataplane with the fault, left alone for as long as it takes, does not do what the scenario
 * asks: what `play` finds of faults that do not depend on time, in a fraction of its time. Undefined where there is none.
 */
export function contradiction(
  scenario: Scenario,
  fault: Fault,
  ipFamilies: readonly IpFamily[] = ['IPv4'],
): string | undefined {
  const stage = new Stage(scenario, fault, ipFamilies);
  for (const step of planned(scenario, ipFamilies)) {
    for (const change of step.changes) {
      stage.begin(change, 0);
      stage.end(change, 0);
    }
    const wrong = step.cells.find(
      ({ cell, expected }) => expected !== 'reported' && stage.attempt(cell, 0) !== WANTED[expected],
    );
    if (wrong !== undefined) return `${step.name}: ${cellName(wrong.cell)}`;
  }
  return undefined;
}

/** The families of addresses on the cluster that a scenario needs. */
export function familiesOf({ needs = [] }: Scenario): readonly IpFamily[] {
  if (needs.includes('dual-stack')) return ['IPv4', 'IPv6'];
  return needs.includes('ipv6') ? ['IPv6'] : ['IPv4'];
}

const plans = new Map<string, WeakMap<Scenario, readonly PlannedStep[]>>();

/** The plan of a scenario, made once. */
function planned(scenario: Scenario, ipFamilies: readonly IpFamily[]): readonly PlannedStep[] {
  const known = plans.get(ipFamilies.join()) ?? new WeakMap<Scenario, readonly PlannedStep[]>();
  plans.set(ipFamilies.join(), known);
  const steps = known.get(scenario) ?? plan(scenario, { ipFamilies });
  known.set(scenario, steps);
  return steps;
}
