import { isWithoutAddress } from '../model/pod.ts';
import { fullName } from '../model/pod-name.ts';
import type { PolicyType } from '../model/policy.ts';
import { type Connection, type End, isPodEnd } from './connection.ts';
import { agreed, bothOf, type Decision, type HalfDecision, type Verdict } from './decision.ts';
import { familyGap } from './families.ts';
import { type SeenAddresses, seenAddresses } from './seen-address.ts';
import { ask, type Query, type Tier } from './tier.ts';
import { type World, type WorldOptions, worldsOf } from './world.ts';

/** Decides a connection by the tiers, in every world that Kubernetes leaves open. */
export function decide(tiers: readonly Tier[], connection: Connection, options: WorldOptions = {}): Decision {
  const isUnaddressed = [connection.from, connection.to].some((end) => isPodEnd(end) && isWithoutAddress(end.pod));
  const unaddressed = isUnaddressed ? 'no-address' : familyGap(connection);
  if (unaddressed !== undefined) {
    const half: HalfDecision = { verdict: 'undefined', decidedBy: unaddressed };
    return { verdict: 'undefined', egress: half, ingress: half };
  }
  const decisions = worldsOf(connection, options).map((world) => decideIn(tiers, connection, world));
  const verdict = agreed(decisions.map((decision) => decision.verdict));
  return {
    verdict,
    egress: join(decisions.map((each) => each.egress)),
    ingress: join(decisions.map((each) => each.ingress)),
  };
}

/** Decides a connection in one world. */
export function decideIn(tiers: readonly Tier[], connection: Connection, world: World): Decision {
  const seen = seenAddresses(connection, world.family);
  const egress = decideHalf(tiers, connection, 'Egress', world, seen);
  const ingress = decideHalf(tiers, connection, 'Ingress', world, seen);
  return { verdict: bothOf(egress.verdict, ingress.verdict), egress, ingress };
}

/** One direction in all worlds; what decided is that of the first world that denies, else of the first. */
function join(halves: readonly HalfDecision[]): HalfDecision {
  const telling = halves.reduce((told, half) => (told.verdict !== 'denied' && half.verdict === 'denied' ? half : told));
  return { verdict: agreed(halves.map((half) => half.verdict)), decidedBy: telling.decidedBy };
}

/** Decides one direction in one world. */
function decideHalf(
  tiers: readonly Tier[],
  connection: Connection,
  direction: PolicyType,
  world: World,
  seen: SeenAddresses,
): HalfDecision {
  const exempt = exemption(connection, direction, world);
  if (exempt !== undefined) return { verdict: 'allowed', decidedBy: exempt };
  const query = queryOf(connection, direction, world, seen);
  if (query === undefined) return { verdict: 'allowed', decidedBy: 'no-pod' };
  const { accepted, tier } = ask(tiers, query);
  const verdict: Verdict = accepted ? 'allowed' : 'denied';
  return { verdict, decidedBy: tier };
}

/** Whether no policy may stop the connection, and why. */
function exemption(
  { from, to, selfExempt = true }: Connection,
  direction: PolicyType,
  world: World,
): string | undefined {
  // "A pod cannot block access to itself."
  if (selfExempt && isPodEnd(from) && isPodEnd(to) && fullName(from.pod) === fullName(to.pod)) return 'self';
  // "Traffic to and from the node where a Pod is running is always allowed."
  const other = direction === 'Ingress' ? from : to;
  const always = direction === 'Ingress' || world.toOwnNode === 'allowed';
  return world.sameNode && always && isNode(other, world) ? 'own-node' : undefined;
}

function isNode(end: End, world: World): boolean {
  return isPodEnd(end) ? end.pod.hostNetwork === true && world.hostNetwork === 'node' : end.node !== undefined;
}

/** What the tiers are asked in a direction; undefined where the end in question is no pod to them. */
export function queryOf(
  connection: Connection,
  direction: PolicyType,
  world: World,
  seen: SeenAddresses = seenAddresses(connection, world.family),
): Query | undefined {
  const { from, to, port, protocol } = connection;
  const podOf = (end: End) => (isPodEnd(end) && !isNode(end, world) ? end.pod : undefined);
  const [own, other] = direction === 'Egress' ? [from, to] : [to, from];
  const subject = podOf(own);
  if (subject === undefined) return undefined;
  const peerAddress =
    direction === 'Ingress' ? seen.from : ((world.ipBlockSees === 'dialled' ? seen.dialled : undefined) ?? seen.to);
  return {
    direction,
    subject,
    peer: podOf(other),
    address: peerAddress,
    unknownMatches: world.unknownMatches,
    unknownNames: world.unknownNames,
    destination: podOf(to),
    port,
    protocol,
  };
}
