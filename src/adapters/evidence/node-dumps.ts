import type { EvidencePart } from './evidence-part.ts';
import { piecesOf } from './evidence-part.ts';
import { nodesOf } from './nodes-of.ts';

/** Runs a command on a node; rejects when it cannot, or the command fails. */
export type NodeShell = (node: string, command: readonly string[], signal: AbortSignal) => Promise<string>;

const DUMPS: readonly { readonly file: string; readonly command: readonly string[] }[] = [
  { file: 'iptables.txt', command: ['iptables-save', '-c'] },
  { file: 'ip6tables.txt', command: ['ip6tables-save', '-c'] },
  { file: 'nftables.txt', command: ['nft', 'list', 'ruleset'] },
  { file: 'ipset.txt', command: ['ipset', 'save'] },
  { file: 'conntrack.txt', command: ['conntrack', '-L'] },
  { file: 'routes.txt', command: ['ip', 'route', 'show', 'table', 'all'] },
];

/** What the kernels of both nodes do: filter rules with counters, sets, tracked connections of the pods, routes. */
export function nodeDumps(shell: () => Promise<NodeShell>): EvidencePart {
  return {
    title: 'filter rules, sets, connections and routes of the nodes',
    collect: async (found, signal) => {
      const run = await shell();
      const addresses = new Set([...found.pods.values()].flatMap(({ ips }) => ips));
      return piecesOf(
        nodesOf(found).flatMap((node) =>
          DUMPS.map(({ file, command }) => ({
            file: `${node}/${file}`,
            text: async () => {
              const text = await run(node, command, signal);
              return file === 'conntrack.txt' ? linesWith(text, addresses) : text;
            },
          })),
        ),
      );
    },
  };
}

/** Lines `… src=ADDRESS dst=ADDRESS …` of one of the addresses: a node tracks thousands of others. */
function linesWith(text: string, addresses: ReadonlySet<string>): string {
  const named = (line: string) => [...line.matchAll(/\b(?:src|dst)=(\S+)/g)].some(([, ip]) => addresses.has(ip ?? ''));
  return text.split('\n').filter(named).join('\n');
}
