// Runs benchmarks and prints their figures: node test/bench/main.ts [--json FILE] [--peer upstream=PATH]
// [--peer cyclonus=PATH] [NAME...], NAME of test/bench/NAME.bench.ts. Peers are programs of others, for the engine.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { PEERS } from './engine/peers.ts';
import type { Bench, Figures } from './figures.ts';

const { values, positionals } = parseArgs({
  options: { json: { type: 'string' }, peer: { type: 'string', multiple: true } },
  allowPositionals: true,
});
const known = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.slice(0, -'.bench.ts'.length));
const unknown = positionals.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`bench: there is no benchmark ${unknown.join(', ')}; there are ${known.join(', ')}\n`);
  process.exit(2);
}

const peers = new Map((values.peer ?? []).map((text) => text.split('=', 2) as [string, string]));
const strange = [...peers].filter(([name, path]) => !PEERS.includes(name) || path === undefined || !existsSync(path));
if (strange.length > 0) {
  process.stderr.write(
    `bench: --peer takes NAME=PATH with NAME of ${PEERS.join(', ')} and PATH of a program that is there\n`,
  );
  process.exit(2);
}

const results: Record<string, Figures> = {};
for (const name of positionals.length > 0 ? positionals : known) {
  const { bench }: { readonly bench: Bench } = await import(`./${name}.bench.ts`);
  const figures = await bench(peers);
  results[name] = figures;
  for (const [figure, value] of Object.entries(figures)) {
    console.log(`${name}  ${figure.padEnd(36)} ${value.toLocaleString('en', { maximumFractionDigits: 4 })}`);
  }
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
