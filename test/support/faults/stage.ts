import type { Cell } from '../../../src/core/matrix/cell.ts';
import type { Outcome } from '../../../src/core/matrix/outcome.ts';
import type { IpFamily } from '../../../src/core/model/protocol.ts';
import { isDisruption } from '../../../src/core/scenario/disruption.ts';
import {
  type AddressesOf,
  firstMoment,
  type Moment,
  momentAfter,
  syntheticCreated,
} from '../../../src/core/scenario/moment.ts';
import type { Change, Scenario } from '../../../src/core/scenario/scenario.ts';
import { syntheticAddresses } from '../../../src/core/scenario/synthetic-addresses.ts';
import { eventsAt } from './events.ts';
import type { Fault } from './fault.ts';
import { type FaultyDataplane, faultyDataplane } from './faulty-dataplane.ts';

/** How long changes take, in ms: an object's is answered at once, pods and agents take a while to come and go. */
const OBJECT_MS = 4;
const CHURN_MS = 300;
const PLUGIN_MS = 700;

/** The cluster of a scenario that is played: its objects, its pods on their nodes, and a dataplane with a fault. */
export class Stage {
  #moment: Moment;
  readonly #addressesOf: AddressesOf;
  readonly #dataplane: FaultyDataplane;

  constructor(scenario: Scenario, fault: Fault, families: readonly IpFamily[]) {
    this.#moment = firstMoment(scenario, syntheticAddresses(scenario, families));
    this.#addressesOf = syntheticCreated(scenario, families);
    this.#dataplane = faultyDataplane(fault);
    this.#dataplane.change(this.#moment.state, 0);
  }

  /** What becomes of an attempt now. */
  attempt(cell: Cell, atMs: number): Outcome {
    return this.#dataplane.attempt(cell, atMs);
  }

  /** A change is requested. Returns how long its answer takes, in ms; `end` has to be called then. */
  begin(change: Change, atMs: number): number {
    if (isDisruption(change)) {
      for (const event of eventsAt('begin', change)) this.#dataplane.change(this.#moment.state, atMs, event);
      return PLUGIN_MS;
    }
    this.#moment = momentAfter(this.#moment, change, this.#addressesOf);
    this.#dataplane.change(this.#moment.state, atMs);
    return change.kind === 'create' || change.kind === 'remove-namespace' ? CHURN_MS : OBJECT_MS;
  }

  /** The change's answer has come. */
  end(change: Change, atMs: number): void {
    if (!isDisruption(change)) return;
    for (const event of eventsAt('end', change)) this.#dataplane.change(this.#moment.state, atMs, event);
  }
}
