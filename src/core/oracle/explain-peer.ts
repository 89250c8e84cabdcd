import { parseCidr } from '../model/cidr.ts';
import { fullName } from '../model/pod-name.ts';
import type { IpBlock, Peer } from '../model/policy.ts';
import type { Labels } from '../model/selector.ts';
import { addressText } from './address-text.ts';
import { blockHolds } from './reference.ts';
import { checkSelector, type SelectorCheck, selectorText } from './selector-text.ts';
import type { Query } from './tier.ts';

/** How a connection stands to one peer or port of a rule. */
export interface PartCheck {
  readonly matches: boolean;
  /** What the part asks for: `pods with app=web in its own namespace`. */
  readonly asks: string;
  /** How the connection meets it or misses it: `x/a has app=web, but is in namespace x`. */
  readonly finds: string;
  /** How many of the things it asks for are missing; the smallest is the nearest miss. */
  readonly misses: number;
}

/** Explains one item of `from` or `to`. */
export function explainPeer(
  peer: Peer,
  policyNamespace: string,
  query: Query,
  labelsOf: (namespace: string) => Labels,
): PartCheck {
  if (peer.ipBlock !== undefined) return explainBlock(peer.ipBlock, query);
  const asks = `${podsText(peer)} in ${namespacesText(peer, policyNamespace)}`;
  if (query.peer === undefined) {
    return { matches: false, asks, finds: `${addressText(query.address)} is no pod`, misses: 2 };
  }
  const { namespace, labels } = query.peer;
  const pod = checkSelector(peer.podSelector ?? {}, labels);
  const home = namespaceCheck(peer, policyNamespace, namespace, labelsOf);
  const misses = pod.lacks.length + home.misses;
  const finds = `${fullName(query.peer)} ${findings(pod, home)}`;
  return { matches: misses === 0, asks, finds, misses };
}

function podsText({ podSelector = {} }: Peer): string {
  const text = selectorText(podSelector);
  return text === undefined ? 'any pod' : `pods with ${text}`;
}

function namespacesText({ namespaceSelector }: Peer, policyNamespace: string): string {
  if (namespaceSelector === undefined) return `its own namespace ${policyNamespace}`;
  const text = selectorText(namespaceSelector);
  return text === undefined ? 'any namespace' : `namespaces with ${text}`;
}

/** How a pod's namespace stands to a peer. */
interface NamespaceCheck {
  readonly misses: number;
  /** `is in namespace x`, with its labels where it misses others. */
  readonly finds: string;
}

function namespaceCheck(
  { namespaceSelector }: Peer,
  policyNamespace: string,
  namespace: string,
  labelsOf: (namespace: string) => Labels,
): NamespaceCheck {
  const finds = `is in namespace ${namespace}`;
  if (namespaceSelector === undefined) return { misses: namespace === policyNamespace ? 0 : 1, finds };
  const { lacks } = checkSelector(namespaceSelector, labelsOf(namespace));
  return { misses: lacks.length, finds: lacks.length > 0 ? `${finds} with ${lacks.join(', ')}` : finds };
}

function findings(pod: SelectorCheck, home: NamespaceCheck): string {
  const has = pod.has.length > 0 ? [`has ${pod.has.join(', ')}`] : [];
  const lacks = [
    ...(pod.lacks.length > 0 ? [`has ${pod.lacks.join(', ')}`] : []),
    ...(home.misses > 0 ? [home.finds] : []),
  ];
  if (lacks.length === 0) return [...has, home.finds].join(' and ');
  return [...has, lacks.join(' and ')].join(', but ');
}

function explainBlock({ cidr, except = [] }: IpBlock, query: Query): PartCheck {
  const asks = `addresses in ${cidr}${except.length > 0 ? ` except ${except.join(', ')}` : ''}`;
  const matches = blockHolds({ cidr, except }, query.address, query.unknownMatches);
  return { matches, asks, finds: blockFinds({ cidr, except }, query, matches), misses: matches ? 0 : 1 };
}

function blockFinds({ cidr, except }: Required<IpBlock>, query: Query, matches: boolean): string {
  const { address, unknownMatches } = query;
  const name = addressText(address);
  if (matches) return `${name} is in it`;
  const range = parseCidr(cidr);
  if (range !== undefined && range.base.family !== address.family) return `${name} is ${address.family}`;
  if (address.value === undefined) return `${name} may lie outside`;
  const holds = (text: string) => blockHolds({ cidr: text }, address, unknownMatches);
  return holds(cidr) ? `${name} is in the except ${except.find(holds)}` : `${name} lies outside ${cidr}`;
}
