import type { Cell } from '../core/matrix/cell.ts';
import type { Attempt } from '../core/matrix/outcome.ts';
import type { Spread } from '../core/result/result.ts';
import { spreadOf } from '../core/result/spread.ts';
import type { PlannedCell } from '../core/scenario/planned-step.ts';
import type { Clock } from '../ports/clock.ts';
import { probesOf } from './probe-plan.ts';
import type { Stand } from './stand.ts';

/** Rates that are tried, in attempts a second: each nearly twice the one before. */
const LEVELS: readonly number[] = [400, 800, 1_500, 2_500, 4_000];
/** How long each is tried, in ms, and how long before: agents begin one by one. */
const LEVEL_MS = 200;
const BEGIN_MS = 100;
/** Pause after each, in ms: what was sent is answered, and the records of it come through the streams. */
const PAUSE_MS = 250;
/** Agents keep up while 95 % of the attempts are sent no later than this after their time, in ms: 100 would excuse them. */
const LATE_MS = 25;
/**
 * How often a level is tried that does not hold: what else the machine does comes and goes. The lowest more often: pods have
 * only just started, and what fails there makes every hold of the run many times as long.
 */
const TRIES = 2;
const FIRST_TRIES = 6;
/** And while this share of the attempts that were due is made. */
const MADE = 0.85;
/** A cell's attempts come no closer than this, in ms: source ports are used once in 180 s. */
const CLOSEST_MS = 4;
/** Part of the last level that held which a run uses: it has to be kept up for minutes, while the cluster works on policies. */
const MARGIN = 0.45;

/** What calibration found. */
export interface Calibration {
  /** Bound on the attempts a second of the whole run. */
  readonly attemptsPerSecond: number;
  /** Rates that were tried, in order, with how late attempts were sent, ms; those that did not hold twice. */
  readonly levels: readonly { readonly attemptsPerSecond: number; readonly late: Spread | null }[];
  /** The next level, where only the number of cells kept it from being tried: the cluster may keep up with more. */
  readonly untried: number | undefined;
}

/** What calibration works with: a stand in which no policy is in force, and what may be dialled in it. */
export interface CalibrationContext {
  readonly stand: Stand;
  readonly cells: readonly Cell[];
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** What was found before with fewer cells: only what it left untried is tried. */
  readonly earlier?: Calibration | undefined;
}

/** The highest rate at which these cells can be probed, in attempts a second. */
export function fastestRate(cells: number): number {
  return (cells * 1_000) / CLOSEST_MS;
}

/**
 * Finds the rate at which planned and real send times stay together on this cluster: probes quicker and quicker until
 * attempts are late, or cells cannot be probed quicker. Takes about three seconds.
 */
export async function calibrate(context: CalibrationContext): Promise<Calibration> {
  const { cells, stand, earlier } = context;
  const levels = [...(earlier?.levels ?? [])];
  const fastest = fastestRate(cells.length);
  let held = earlier === undefined ? (LEVELS[0] ?? 0) : earlier.attemptsPerSecond / MARGIN;
  let untried = LEVELS.find((level) => level > fastest);
  for (const attemptsPerSecond of LEVELS.filter((level) => level <= fastest && level >= (earlier?.untried ?? 0))) {
    let holds = false;
    const most = levels.length === 0 ? FIRST_TRIES : TRIES;
    for (let tries = 0; tries < most && !holds; tries += 1) {
      const attempts = await tryLevel(attemptsPerSecond, context);
      const late = spreadOf(attempts.map(({ latenessMs }) => latenessMs));
      levels.push({ attemptsPerSecond, late });
      const due = (attemptsPerSecond * LEVEL_MS) / 1_000;
      holds = late !== null && late.p95 <= LATE_MS && attempts.length >= due * MADE;
    }
    if (!holds) {
      untried = undefined;
      break;
    }
    held = attemptsPerSecond;
  }
  await stand.session.schedule([]);
  return { attemptsPerSecond: Math.round(held * MARGIN), levels, untried };
}

/** Probes all cells at a rate; resolves with what was sent in that time. */
async function tryLevel(
  attemptsPerSecond: number,
  { stand, cells, clock, signal }: CalibrationContext,
): Promise<readonly Attempt[]> {
  const { session, observation, topology } = stand;
  const planned = cells.map(asPlanned);
  const intervalMs = (cells.length * 1_000) / attemptsPerSecond;
  observation.begin(planned);
  const intervalOf = () => intervalMs;
  await session.schedule(probesOf(planned, { intervalOf }, topology, new Map(), (cell) => observation.idOf(cell)));
  await clock.sleep(BEGIN_MS, signal);
  const fromMs = clock.now();
  await clock.sleep(LEVEL_MS, signal);
  const toMs = clock.now();
  await clock.sleep(PAUSE_MS, signal);
  const all = observation.series(fromMs).flatMap(({ attempts }) => attempts);
  return all.filter(({ sentMs }) => sentMs < toMs);
}

function asPlanned(cell: Cell): PlannedCell {
  return { cell, before: 'open', expected: 'open', touched: false, explanation: '' };
}
