/** Steps from a value to one inside it: field names and list indexes. */
export type JsonPath = readonly (string | number)[];

/** Prints a path the way the API server does: `spec.ingress[0].from`. */
export function formatPath(path: JsonPath): string {
  return path.map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i === 0 ? '' : '.'}${step}`)).join('');
}
