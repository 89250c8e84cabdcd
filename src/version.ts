import { readFileSync } from 'node:fs';

/** netproof's own version, from its package.json: one folder up, in a checkout and in the package. */
export function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
