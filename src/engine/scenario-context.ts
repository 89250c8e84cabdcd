import type { IpFamily } from '../core/model/protocol.ts';
import type { Scenario } from '../core/scenario/scenario.ts';
import type { AddressPin } from '../ports/address-pin.ts';
import type { Clock } from '../ports/clock.ts';
import type { Cluster } from '../ports/cluster.ts';
import type { Machinery } from '../ports/machinery.ts';
import type { OutsideHosts } from '../ports/outside.ts';
import type { Prober } from '../ports/prober.ts';
import type { RunEvents } from '../ports/run-events.ts';
import type { Workloads } from '../ports/workloads.ts';
import type { Concurrency } from './concurrency.ts';
import type { LaneNames } from './lane-names.ts';
import type { PodChanges } from './pod-changes.ts';
import type { ProbeShare } from './probe-budget.ts';
import type { SettleTimes } from './settle-times.ts';

/** What running a scenario needs, whatever its state. */
export interface ScenarioContext {
  readonly scenario: Scenario;
  readonly names: LaneNames;
  readonly cluster: Cluster;
  readonly machinery: Machinery;
  readonly outside: OutsideHosts;
  readonly prober: Prober;
  readonly workloads: Workloads;
  readonly clock: Clock;
  readonly events: RunEvents;
  readonly signal: AbortSignal;
  /** Families that the cluster's pods have. */
  readonly ipFamilies: readonly IpFamily[];
  /** Ranges of its pods' addresses, as far as the cluster tells them. */
  readonly podCidrs: readonly string[];
  /** Names of the nodes that pods may be pinned to, the first and the second first. */
  readonly nodes: readonly string[];
  /** How the network plugin is told a new pod's address; absent: it cannot be told. */
  readonly pinAddress?: AddressPin;
  /** The scenario's part of the run's bound on the probe rate. */
  readonly share: ProbeShare;
  /** What goes on at once in the run. */
  readonly concurrency: Concurrency;
  /** Keeps steps apart from the making and removing of other scenarios' pods. */
  readonly podChanges: PodChanges;
  /** What is known of the plugin's speed. */
  readonly settleTimes: SettleTimes;
}
