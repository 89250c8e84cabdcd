import { parseAddress } from '../model/address.ts';
import type { Pod } from '../model/pod.ts';
import type { Labels } from '../model/selector.ts';
import type { End } from './connection.ts';
import type { Oracle } from './oracle.ts';

/**
 * The end that a person names: a pod `x/a`; an imagined pod by its labels, `x/app=web,tier=api` or `x/` without any;
 * a node, `node/NAME`; or an address. Undefined for a pod that the state has not, and for anything else.
 */
export function endOf(oracle: Oracle, text: string): End | undefined {
  if (parseAddress(text) !== undefined) return { address: text };
  const [namespace = '', rest, ...more] = splitOnce(text);
  if (rest === undefined || namespace === '' || more.length > 0) return undefined;
  const known = oracle.pod(text);
  if (known !== undefined) return { pod: known };
  const labels = labelsIn(rest);
  if (labels !== undefined) return { pod: imagined(namespace, rest, labels) };
  return namespace === 'node' ? { address: undefined, node: rest } : undefined;
}

function splitOnce(text: string): readonly string[] {
  const slash = text.indexOf('/');
  return slash < 0 ? [text] : [text.slice(0, slash), text.slice(slash + 1)];
}

function labelsIn(text: string): Labels | undefined {
  if (text === '') return {};
  const pairs = text.split(',').map((part) => part.split('='));
  return pairs.every((pair) => pair.length === 2) ? Object.fromEntries(pairs) : undefined;
}

function imagined(namespace: string, name: string, labels: Labels): Pod {
  return { namespace, name: name === '' ? '(no labels)' : name, labels, ports: [], ips: [] };
}
