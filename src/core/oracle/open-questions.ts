import type { Connection } from './connection.ts';
import { bothOf, type Decision } from './decision.ts';
import type { Oracle } from './oracle.ts';
import { type World, worldsOf } from './world.ts';

const QUESTIONS: Readonly<Record<keyof World, string>> = {
  hostNetwork: "whether the plugin tells pods on the host's network from their node",
  sameNode: 'whether both ends are on one node',
  toOwnNode: "whether the plugin lets a pod's traffic to its own node through in spite of policy",
  family: 'which address family is used (ask with --family)',
  unknownMatches: 'an address that is not known, which an ipBlock may hold',
  unknownNames: 'the ports of a pod that are not known, which a rule names',
  ipBlockSees: 'whether an ipBlock sees an address before or after it is rewritten',
};

const UNADDRESSED: Readonly<Record<string, string>> = {
  'no-address': 'a pod that has no address: it has finished, or not begun',
  'no-common-family': 'a translation between address families: the ends have no address family in common',
  'family-missing': 'a translation between address families: an end has no address of the family that is asked for',
};

/** What a verdict that is not defined depends on; empty for one that is. */
export function openQuestions(oracle: Oracle, connection: Connection, decision: Decision): readonly string[] {
  if (decision.verdict !== 'undefined') return [];
  const unaddressed = UNADDRESSED[decision.egress.decidedBy];
  if (unaddressed !== undefined) return [unaddressed];
  const worlds = worldsOf(connection, oracle.options).map((world) => {
    const { egress, ingress } = oracle.decideIn(connection, world);
    return { world, verdict: bothOf(egress.verdict, ingress.verdict) };
  });
  const keys = Object.keys(QUESTIONS) as (keyof World)[];
  const matters = (key: keyof World) =>
    worlds.some((a) => worlds.some((b) => a.verdict !== b.verdict && differOnlyIn(key, a.world, b.world)));
  return keys.filter(matters).map((key) => QUESTIONS[key]);
}

function differOnlyIn(key: keyof World, a: World, b: World): boolean {
  return (Object.keys(a) as (keyof World)[]).every((each) => (each === key) === (a[each] !== b[each]));
}
