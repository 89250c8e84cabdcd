import type { LabelSelector, Labels } from '../../../../src/core/model/selector.ts';
import type { Fault } from '../fault.ts';

/** Whether two keys, or two values, are taken for the same; the first is the selector's. */
type Alike = (wanted: string, there: string) => boolean;

const equal: Alike = (wanted, there) => wanted === there;

/** Alike where both come to the same once they are rewritten. */
const as =
  (rewrite: (text: string) => string): Alike =>
  (wanted, there) =>
    rewrite(wanted) === rewrite(there);

/** Equal, and not of the kind that never matches. */
const never =
  (kind: RegExp): Alike =>
  (wanted, there) =>
    wanted === there && !kind.test(wanted);

/** Whether labels meet a selector where keys and values are compared in other ways than for equality. */
function meetsBy(
  keys: Alike,
  values: Alike,
  { matchLabels = {}, matchExpressions = [] }: LabelSelector,
  labels: Labels,
) {
  const under = (wanted: string) =>
    Object.entries(labels).flatMap(([key, value]) => (keys(wanted, key) ? [value] : []));
  const anyOf = (key: string, wanted: readonly string[]) =>
    under(key).some((there) => wanted.some((each) => values(each, there)));
  return (
    Object.entries(matchLabels).every(([key, value]) => anyOf(key, [value])) &&
    matchExpressions.every(({ key, operator, values: wanted = [] }) => {
      if (operator === 'In' || operator === 'NotIn') return anyOf(key, wanted) === (operator === 'In');
      return under(key).length > 0 === (operator === 'Exists');
    })
  );
}

const comparing = (id: string, what: string, keys: Alike, values: Alike): Fault => ({
  id,
  what,
  reads: () => ({ selects: (selector, labels) => meetsBy(keys, values, selector, labels) }),
});

const keys = (id: string, what: string, alike: Alike): Fault => comparing(id, what, alike, equal);
const values = (id: string, what: string, alike: Alike): Fault => comparing(id, what, equal, alike);

const number = (text: string): string => (text !== '' && Number.isFinite(Number(text)) ? `${Number(text)}` : text);
const truth = (text: string): string => (/^(true|yes|on|1)$/i.test(text) ? 'true' : text);
const pattern: Alike = (wanted, there) => new RegExp(`^${wanted}$`).test(there);
const withoutDomain = (key: string): string => key.replace(/^.*\//, '');

/** Made-up ways of comparing the keys and values of labels. */
export const LABEL_MUTANTS: readonly Fault[] = [
  values('values-as-numbers', 'values are compared as numbers', as(number)),
  values('values-as-truths', 'values are compared as truth values', as(truth)),
  values('values-as-patterns', 'values of selectors are patterns', pattern),
  values('digits-never', 'a value of digits never matches', never(/^\d+$/)),
  values('null-never', 'a value that reads null never matches', never(/^null$/)),
  values('dots-never', 'a value with a dot never matches', never(/\./)),
  values('underscores-never', 'a value with an underscore never matches', never(/_/)),
  values(
    'separators-of-values',
    'dots and underscores of values are dashes',
    as((text) => text.replace(/[._]/g, '-')),
  ),
  ...[8, 31, 62].map((length) =>
    values(
      `values-cut-${length}`,
      `of a value ${length} letters count`,
      as((text) => text.slice(0, length)),
    ),
  ),
  values(
    'values-from-the-end',
    'of a value the last 32 letters count',
    as((text) => text.slice(-32)),
  ),
  keys(
    'separators-of-keys',
    'slashes, dots and underscores of keys are dashes',
    as((key) => key.replace(/[/._]/g, '-')),
  ),
  keys(
    'case-of-keys',
    'letters of keys are compared without their case',
    as((key) => key.toLowerCase()),
  ),
  keys(
    'domains-alike',
    'keys with domains are alike whatever these are',
    (wanted, there) =>
      wanted === there ||
      (wanted.includes('/') && there.includes('/') && withoutDomain(wanted) === withoutDomain(there)),
  ),
  ...[16, 62, 316].map((length) =>
    keys(
      `keys-cut-${length}`,
      `of a key ${length} letters count`,
      as((key) => key.slice(0, length)),
    ),
  ),
  ...['-', ''].map(
    (between): Fault => ({
      id: `joined-by-${between || 'nothing'}`,
      what: `a key and its value are one word, with '${between}' between them`,
      reads: () => ({
        selects: ({ matchLabels = {}, matchExpressions = [] }, labels) => {
          const words = new Set(Object.entries(labels).map((each) => each.join(between)));
          return (
            Object.entries(matchLabels).every((each) => words.has(each.join(between))) &&
            meetsBy(equal, equal, { matchExpressions }, labels)
          );
        },
      }),
    }),
  ),
];
