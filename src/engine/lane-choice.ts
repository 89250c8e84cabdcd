/** What the choice of the next scenario goes by. */
export interface Choosable {
  /** Scenarios of one shape can use the same pods. */
  readonly shape: string;
  /** Runs in pods of its own. */
  readonly fresh: boolean;
}

/** A lane as far as the choice is concerned: the shape of the pods that it keeps, if it keeps any. */
export interface ChoosingLane {
  readonly shape: string | undefined;
}

/** Waiting scenarios for each lane that has their pods, from which on another lane makes such pods too. */
const WORTH_ANOTHER_LANE = 2;

/**
 * Chooses which idle lane runs which waiting scenario next: one for which a lane keeps the pods, else one of the shape
 * that has most waiting for each lane that is on it, the first given first. Where pods are to be made anyway, one of the
 * fresh sample uses them first. Undefined while it is best to wait.
 */
export function chooseNext<Job extends Choosable, Lane extends ChoosingLane>(
  waiting: readonly Job[],
  idle: readonly Lane[],
  busy: readonly ChoosingLane[],
): { readonly job: Job; readonly lane: Lane } | undefined {
  for (const lane of idle) {
    const job = waiting.find(({ shape, fresh }) => !fresh && shape === lane.shape);
    if (job !== undefined) return { job, lane };
  }
  const lane = idle.find(({ shape }) => shape === undefined) ?? idle[0];
  if (lane === undefined) return undefined;
  let best: { readonly job: Job; readonly urgency: number } | undefined;
  for (const jobs of Map.groupBy(waiting, ({ shape }) => shape).values()) {
    const [sample] = jobs.filter(({ fresh }) => fresh);
    const job = sample ?? jobs[0];
    const lanes = busy.filter(({ shape }) => shape === job?.shape).length;
    const urgency = jobs.length / (lanes + 1);
    const onlySample = jobs.every(({ fresh }) => fresh);
    const worthIt = lanes === 0 || onlySample || jobs.length >= WORTH_ANOTHER_LANE * lanes;
    if (job !== undefined && worthIt && (best === undefined || urgency > best.urgency)) best = { job, urgency };
  }
  return best && { job: best.job, lane };
}
