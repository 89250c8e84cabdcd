import { type Problem, ScenarioError } from '../diagnostics/errors.ts';
import type { Position } from '../diagnostics/position.ts';
import { type Cell, cellName } from '../matrix/cell.ts';
import type { Expected } from '../matrix/expected.ts';
import type { ClusterState } from '../model/cluster-state.ts';
import { fullName } from '../model/pod-name.ts';
import type { IpFamily } from '../model/protocol.ts';
import { type CellExpectation, expectedOf } from '../oracle/expected-of.ts';
import type { Positions } from '../oracle/explain.ts';
import { compile, type Oracle } from '../oracle/oracle.ts';
import { agreed, alone, type Contradiction, contradictionProblems } from './agreement.ts';
import { placedBy } from './churn.ts';
import { freshIn } from './fresh.ts';
import { handedOver } from './handed-over.ts';
import { positionsIn, unfilledIn } from './manifests.ts';
import { type AddressesOf, cellsAt, firstMoment, momentAfter, syntheticCreated } from './moment.ts';
import type { Addresses } from './placeholders.ts';
import type { PlannedCell, PlannedStep } from './planned-step.ts';
import type { Scenario, ScenarioPod, Step } from './scenario.ts';
import { soleOwnersIn } from './sole-owners.ts';
import { syntheticAddresses } from './synthetic-addresses.ts';
import { type Transition, touchedBy } from './touched.ts';
import { readWritten } from './written.ts';

/** How long cells that a step changes may take, in ms, where neither scenario nor command line says (design: "Judging"). */
const BUDGET_MS = 5_000;
/** How long everything is watched after it settled, in ms. */
const HOLD_MS = 1_000;

/** What a plan is made for. */
export interface PlanOptions {
  /** Address families that the cluster's pods have; default IPv4. Every cell is planned once for each. */
  readonly ipFamilies?: readonly IpFamily[];
  /** What placeholders in policies stand for; default: synthetic addresses, for planning without a cluster. */
  readonly addresses?: Addresses;
  /** The real addresses of pods that steps have created so far; others are made up. */
  readonly created?: ReadonlyMap<ScenarioPod, readonly string[]>;
  /** Index of the first step to be planned; default 0. Those before it are taken for right. */
  readonly from?: number;
  /** Index of the first step that is not planned any more; default: all are. */
  readonly to?: number;
}

/**
 * Plans a scenario: for every step its cells with what held before and what must hold after, by the scenario and by
 * the oracle over the state that the step's changes leave. Throws `ScenarioError` with every cell on which the two
 * contradict each other, every pattern without a cell, every cell that a full table leaves out.
 */
export function plan(scenario: Scenario, options: PlanOptions = {}): readonly PlannedStep[] {
  const families = options.ipFamilies ?? ['IPv4'];
  const { from = 0, to = scenario.steps.length } = options;
  const addresses = options.addresses ?? syntheticAddresses(scenario, families);
  const madeUp = syntheticCreated(scenario, families);
  const ofCreated: AddressesOf = (pod) => options.created?.get(pod) ?? madeUp(pod);
  const ever = scenario.steps.flatMap(({ changes }) => changes.flatMap(placedBy));
  const known = new Map([...addresses.pods, ...ever.map((pod) => [fullName(pod), ofCreated(pod)] as const)]);
  const problems: Problem[] = [...unfilledIn(scenario, { ...addresses, pods: known })];
  const positions = positionsIn(scenario);

  let moment = firstMoment(scenario, addresses);
  let asked = { state: moment.state, oracle: compile(moment.state) };
  const oracleOf = (state: ClusterState): Oracle => (state === asked.state ? asked.oracle : compile(state));
  let before = expectedBy(asked.oracle, cellsAt(scenario, moment, families));
  if (from === 0 && families.length > 0 && before.size === 0) problems.push(noCellsProblem(scenario));
  const planned = scenario.steps.slice(0, to).flatMap((step, index): readonly PlannedStep[] => {
    const moments = [moment];
    for (const change of step.changes) {
      moment = momentAfter(moment, change, ofCreated);
      moments.push(moment);
    }
    if (index < from - 1) return [];
    const cells = cellsAt(scenario, moment, families);
    const found: Problem[] = [];
    const earlier = oracleOf(moments[0]?.state ?? moment.state);
    asked = { state: moment.state, oracle: oracleOf(moment.state) };
    const transition = { states: moments.map(({ state }) => state), changes: step.changes };
    const facts = { step, cells, before, earlier, oracle: asked.oracle, transition, positions };
    const planned = planCells({ ...facts, soleOwners: soleOwnersIn(step, scenario) }, found);
    before = new Map(planned.map(({ cell, expected }) => [cellName(cell), expected]));
    if (index < from) return [];
    problems.push(...found);
    return [
      {
        name: step.name,
        changes: step.changes,
        ...(step.together && { together: true }),
        cells: planned,
        budgetMs: step.budgetMs ?? BUDGET_MS,
        holdMs: step.holdMs ?? HOLD_MS,
        flapsAllowed: step.flapsAllowed,
      },
    ];
  });
  if (problems.length > 0) throw new ScenarioError(problems);
  return planned;
}

/** What cells come to by the policies alone. */
function expectedBy(oracle: Oracle, cells: readonly Cell[]): ReadonlyMap<string, Expected> {
  return new Map(cells.map((cell) => [cellName(cell), alone(expectedOf(oracle, cell))]));
}

interface StepFacts {
  readonly step: Step;
  readonly cells: readonly Cell[];
  readonly before: ReadonlyMap<string, Expected>;
  /** Of the states before and after the step. */
  readonly earlier: Oracle;
  readonly oracle: Oracle;
  readonly transition: Transition;
  readonly positions: Positions;
  readonly soleOwners: ReadonlyMap<string, number>;
}

function planCells(
  { step, cells, before, earlier, oracle, transition, positions, soleOwners }: StepFacts,
  problems: Problem[],
): readonly PlannedCell[] {
  const written = step.expect && readWritten(step.expect, cells);
  const isTouched = touchedBy(transition);
  const contradictions: Contradiction[] = [];
  const missing: Cell[] = [];
  const decide = (cell: Cell, computed: CellExpectation): Expected => {
    if (written === undefined) return alone(computed);
    const stated = written.of(cell);
    if (stated === undefined) missing.push(cell);
    else if (agreed(stated, computed) === undefined) contradictions.push({ cell, written: stated, computed });
    return (stated && agreed(stated, computed)) ?? alone(computed);
  };
  const isNew = freshIn(transition);
  const isHandedOver = handedOver(earlier, oracle);
  const planned = cells.map((cell): PlannedCell => {
    const computed = expectedOf(oracle, cell, positions);
    const expected = decide(cell, computed);
    const known = before.get(cellName(cell));
    const fresh = known === undefined || isNew(cell);
    const held = fresh ? 'closed' : known;
    const touched = fresh || held !== expected || isTouched(cell);
    const { answerable, allowed } = computed;
    const madeBy = cell.path === 'pod-ip' ? soleOwners.get(cell.to) : undefined;
    const mixed = expected === 'reported' && answerable !== undefined;
    return {
      cell,
      before: held,
      expected,
      touched,
      get explanation() {
        return computed.explanation;
      },
      ...(fresh && { fresh }),
      ...(madeBy !== undefined && { madeBy }),
      ...(held === 'closed' && expected === 'closed' && !fresh && isHandedOver(cell) && { handedOver: true }),
      ...(mixed && { answerable, ...(allowed !== undefined && { allowed }) }),
    };
  });
  const position = step.expect?.position ?? step.position;
  problems.push(
    ...(written?.problems ?? []),
    ...contradictionProblems(contradictions, position),
    ...missing.map((cell) => missingProblem(cell, position)),
  );
  return planned;
}

function noCellsProblem({ steps, file }: Scenario): Problem {
  return {
    code: 'scenario-no-cells',
    message: 'expected a cell before the first step, found none',
    hint: 'without one nothing shows that traffic flows while there is no policy: add a pod with a port, and one that dials it',
    position: steps[0]?.position ?? { file, line: 1, column: 1 },
  };
}

function missingProblem(cell: Cell, position: Position | undefined): Problem {
  const message = `expected every cell in the table, found none for ${cellName(cell)}`;
  return { code: 'table-incomplete', message, ...(position === undefined ? {} : { position }) };
}
