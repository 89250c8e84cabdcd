import { type AskedNeed, impossible, isAsked, type Need } from '../core/scenario/needs.ts';
import type { ClusterInfo } from '../ports/cluster.ts';
import type { Machinery } from '../ports/machinery.ts';
import type { OutsideHosts } from '../ports/outside.ts';
import { pinnableNodes } from './pinned-nodes.ts';

/** What a run knows of its cluster. */
export interface Capabilities {
  readonly info: Pick<ClusterInfo, 'nodes' | 'ipFamilies'>;
  readonly machinery: Pick<Machinery, 'lacks'>;
  readonly outside: Pick<OutsideHosts, 'lacks'>;
}

/** Says why a cluster lacks something, as a clause; undefined where it has it. */
type NeedProbe = (capabilities: Capabilities) => string | undefined | Promise<string | undefined>;

/** How each need is asked for: a new one goes into `SOMEWHERE` of core/scenario/needs.ts, and gets its probe here. */
const PROBES: Readonly<Record<AskedNeed, NeedProbe>> = {
  'two-nodes': ({ info }) =>
    pinnableNodes(info).length < 2 ? 'the cluster has fewer than two nodes that take pods' : undefined,
  ipv4: ({ info }) => (info.ipFamilies.includes('IPv4') ? undefined : 'the pods have no IPv4 addresses'),
  ipv6: ({ info }) => (info.ipFamilies.includes('IPv6') ? undefined : 'the pods have no IPv6 addresses'),
  'dual-stack': ({ info }) => (info.ipFamilies.length > 1 ? undefined : 'the pods have addresses of one family only'),
  'agent-restart': ({ machinery }) => machinery.lacks('agent-restart'),
  'controller-restart': ({ machinery }) => machinery.lacks('controller-restart'),
  'nodes-as-containers': ({ machinery }) => machinery.lacks('nodes-as-containers'),
  'node-restart': async ({ info, machinery }) => {
    const second = pinnableNodes(info)[1];
    const carries = info.nodes.some(({ name, controlPlane }) => name === second && controlPlane === true);
    return carries ? `node ${second} carries the API server` : machinery.lacks('node-restart');
  },
  'sandbox-restart': ({ machinery }) => machinery.lacks('sandbox-restart'),
  'api-server-restart': ({ machinery }) => machinery.lacks('api-server-restart'),
  'api-server-cut': ({ machinery }) => machinery.lacks('api-server-cut'),
  'external-endpoint': ({ outside }) => outside.lacks(),
};

/** The first of the needs that cannot be met, as the reason of a skip: `two-nodes: REASON`; undefined where all can. */
export async function lackOf(needs: readonly Need[], capabilities: Capabilities): Promise<string | undefined> {
  for (const need of needs) {
    const reason = impossible(need) ?? (isAsked(need) ? await PROBES[need](capabilities) : undefined);
    if (reason !== undefined) return `${need}: ${reason}`;
  }
  return undefined;
}
