import { type Findings, report } from './findings.ts';
import type { YamlNode } from './yaml-node.ts';

/** Most that one count may stand for: the API server refuses objects that are much longer. */
const MOST = 2_000;
/** Fields of a pod or a list's item that stands for several. */
const COUNT = 'count';
const EACH = 'each';

/** A number for each letter that counts. */
type Numbers = ReadonlyMap<string, number>;

/**
 * The node with everything counted written out: a list's item `{count: 3, each: X}` is three items, a pod with `count: 3`
 * three pods `NAME-1` to `NAME-3`. In them `${n}`, `${n+8000}`, `${n/256}`, `${n%256}` stand for numbers, from 1 on;
 * `count: {m: 3}` counts with another letter. Where one is a whole value, it becomes a number.
 */
export function writeOut(findings: Findings, node: YamlNode): YamlNode {
  const pods = (namespace: YamlNode): YamlNode => inField(namespace, 'pods', (field) => countedPods(findings, field));
  const counted = inField(node, 'namespaces', (namespaces) => {
    if (namespaces.fields === undefined) return namespaces;
    return withFields(
      namespaces,
      [...namespaces.fields].map(([name, namespace]) => [name, pods(namespace)]),
    );
  });
  return fill(findings, counted, new Map());
}

function countedPods(findings: Findings, pods: YamlNode): YamlNode {
  if (pods.fields === undefined) return pods;
  const written = [...pods.fields].flatMap(([name, pod]): readonly [string, YamlNode][] => {
    const count = pod.fields?.get(COUNT);
    if (count === undefined) return [[name, pod]];
    const one = withFields(
      pod,
      [...(pod.fields ?? [])].filter(([key]) => key !== COUNT),
    );
    return numbersOf(findings, count).map(([letter, number]) => [
      `${name}-${number}`,
      { ...fill(findings, one, new Map([[letter, number]])), keyPosition: pod.keyPosition },
    ]);
  });
  return withFields(pods, written);
}

function fill(findings: Findings, node: YamlNode, numbers: Numbers): YamlNode {
  if (!holds(node) && (numbers.size === 0 || !mentions(node))) return node;
  if (node.items !== undefined) {
    const items = node.items.flatMap((item) => {
      const count = item.fields?.get(COUNT);
      const each = item.fields?.get(EACH);
      if (count === undefined || each === undefined) return [fill(findings, item, numbers)];
      return numbersOf(findings, count).map(([letter, number]) =>
        fill(findings, each, new Map(numbers).set(letter, number)),
      );
    });
    return { ...node, items, value: items.map(({ value }) => value) };
  }
  if (node.fields !== undefined) {
    return withFields(
      node,
      [...node.fields].map(([key, field]) => [
        filled(key, numbers).toString(),
        { ...fill(findings, field, numbers), keyPosition: field.keyPosition },
      ]),
    );
  }
  return typeof node.value === 'string' ? { ...node, value: filled(node.value, numbers) } : node;
}

function numbersOf(findings: Findings, node: YamlNode): readonly (readonly [string, number])[] {
  const [[letter = '', held = node] = []] = node.fields === undefined ? [['n', node] as const] : [...node.fields];
  const { value, position } = held;
  if (!/^[a-z]$/.test(letter) || typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > MOST) {
    const expected = `a number from 1 to ${MOST}, or a letter with one`;
    report(findings, { code: 'scenario-count', path: [COUNT], position, expected, found: JSON.stringify(node.value) });
    return [];
  }
  return Array.from({ length: value }, (_, index) => [letter, index + 1] as const);
}

const PLACEHOLDER = /\$\{([a-z])((?:[-+*/%]\d{1,6})*)\}/g;

function filled(text: string, numbers: Numbers): string | number {
  const whole = new RegExp(`^${PLACEHOLDER.source}$`).exec(text);
  if (whole !== null) return numberFor(whole, numbers) ?? text;
  return text.replaceAll(PLACEHOLDER, (...match) =>
    String(numberFor(match as unknown as RegExpExecArray, numbers) ?? match[0]),
  );
}

/** The number of a letter after its sums, from left to right; divisions leave whole numbers. */
function numberFor(
  [, letter = '', sums = '']: RegExpExecArray | readonly string[],
  numbers: Numbers,
): number | undefined {
  const number = numbers.get(letter);
  if (number === undefined) return undefined;
  return [...sums.matchAll(/([-+*/%])(\d+)/g)].reduce(
    (sum, [, sign = '', by = '']) => calculate(sum, sign, Number(by)),
    number,
  );
}

function calculate(sum: number, sign: string, by: number): number {
  if (sign === '+') return sum + by;
  if (sign === '-') return sum - by;
  if (sign === '*') return sum * by;
  return sign === '/' ? Math.floor(sum / by) : sum % by;
}

function inField(node: YamlNode, name: string, change: (field: YamlNode) => YamlNode): YamlNode {
  const field = node.fields?.get(name);
  if (field === undefined) return node;
  return withFields(
    node,
    [...(node.fields ?? [])].map(([key, each]) => [key, key === name ? change(each) : each]),
  );
}

function withFields(node: YamlNode, entries: readonly (readonly [string, YamlNode])[]): YamlNode {
  const value = Object.fromEntries(entries.map(([key, field]) => [key, field.value]));
  return { ...node, fields: new Map(entries), value };
}

/** Whether something below is counted; asked of most nodes of a file once, and no of most. */
function holds(node: YamlNode): boolean {
  if (node.fields?.has(COUNT) && node.fields.has(EACH)) return true;
  return (node.items?.some(holds) ?? false) || [...(node.fields?.values() ?? [])].some(holds);
}

function mentions(node: YamlNode): boolean {
  const text = JSON.stringify(node.value);
  return text.search(PLACEHOLDER) >= 0;
}
