import { parseAddress } from '../model/address.ts';
import { dnsLabel, labelKey, labelValue } from '../model/api-syntax.ts';
import type { Pod } from '../model/pod.ts';
import { splitName } from '../model/pod-name.ts';
import type { Labels } from '../model/selector.ts';
import type { End } from './connection.ts';
import type { Oracle } from './oracle.ts';

/**
 * The end that a person names: a pod `x/a`; an imagined pod by its labels, `x/app=web,tier=api` or `x/` without any;
 * a node, `node/NAME`; or an address, which is the pod or node that has it, if one has. Undefined for a pod that the
 * state has not, for a node that is not among those that it lists, and for anything else.
 */
export function endOf(oracle: Oracle, text: string): End | undefined {
  if (parseAddress(text) !== undefined) return addressEnd(oracle, text);
  const { namespace, name: rest } = splitName(text);
  if (!text.includes('/') || dnsLabel(namespace) !== undefined) return undefined;
  const known = oracle.pod(text);
  if (known !== undefined) return { pod: known };
  const labels = labelsIn(rest);
  if (labels !== undefined) return { pod: imagined(namespace, rest, labels) };
  if (namespace !== 'node' || (oracle.nodes().length > 0 && oracle.node(rest) === undefined)) return undefined;
  return nodeEnd(oracle, rest);
}

/** A node as an end, with its addresses where they are known. */
function nodeEnd(oracle: Oracle, name: string): End {
  const [address, ...otherAddresses] = oracle.node(name)?.ips ?? [];
  return { address, node: name, otherAddresses };
}

function addressEnd(oracle: Oracle, address: string): End {
  const holder = oracle.holderOf(address);
  if (holder?.kind === 'node') return { address, node: holder.name };
  const pod = holder?.kind === 'pod' ? oracle.pod(holder.name) : undefined;
  return pod ? { pod } : { address };
}

function labelsIn(text: string): Labels | undefined {
  if (text === '') return {};
  const pairs = text.split(',').map((part) => part.split('='));
  const keys = new Set(pairs.map(([key]) => key));
  const sound = pairs.every(
    ([key = '', value, ...more]) =>
      value !== undefined && more.length === 0 && labelKey(key) === undefined && labelValue(value) === undefined,
  );
  return sound && keys.size === pairs.length ? Object.fromEntries(pairs) : undefined;
}

function imagined(namespace: string, name: string, labels: Labels): Pod {
  return { namespace, name: name === '' ? '(no labels)' : name, labels, ports: [], portsUnknown: true, ips: [] };
}
