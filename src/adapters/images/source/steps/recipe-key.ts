import { createHash } from 'node:crypto';

/** What decides a build's result: versions, texts, flags, keys of other builds. */
export type RecipeInputs =
  | string
  | number
  | boolean
  | readonly RecipeInputs[]
  | { readonly [name: string]: RecipeInputs };

const canonical = (value: RecipeInputs): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`).join(',')}}`;
};

/** Name of a build's result: equal inputs have equal keys, whatever the order of their fields. 16 hexadecimal digits. */
export const recipeKey = (inputs: RecipeInputs): string =>
  createHash('sha256').update(canonical(inputs)).digest('hex').slice(0, 16);
