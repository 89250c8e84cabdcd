// Runs benchmarks and prints their figures: node test/bench/main.ts [--json FILE] [NAME...], NAME of test/bench/NAME.bench.ts.
import { readdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Bench, Figures } from './figures.ts';

const { values, positionals } = parseArgs({ options: { json: { type: 'string' } }, allowPositionals: true });
const known = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.slice(0, -'.bench.ts'.length));
const unknown = positionals.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`bench: there is no benchmark ${unknown.join(', ')}; there are ${known.join(', ')}\n`);
  process.exit(2);
}

const results: Record<string, Figures> = {};
for (const name of positionals.length > 0 ? positionals : known) {
  const { bench }: { readonly bench: Bench } = await import(`./${name}.bench.ts`);
  const figures = await bench();
  results[name] = figures;
  for (const [figure, value] of Object.entries(figures)) {
    console.log(`${name}  ${figure.padEnd(36)} ${value.toLocaleString('en', { maximumFractionDigits: 4 })}`);
  }
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
