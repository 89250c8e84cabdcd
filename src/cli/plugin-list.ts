import type { CniPlugin } from '../adapters/cni/cni-plugin.ts';
import { paint } from '../reporters/symbols.ts';

/** What `list --cni` says of the plugins that netproof can install. */
export function pluginListText(plugins: readonly CniPlugin[], colour: boolean): string {
  const entries = plugins.map((plugin) => [
    `${paint('bold', plugin.name, colour)}  ${plugin.title}${plugin.verified ? '' : '  [unverified]'}`,
    ...versionLines(plugin).map((line) => `  ${line}`),
    ...plugin.supports.map(({ property, says }) => `  does ${property === '*' ? 'policies' : property}: ${says}`),
    ...gapLines(plugin),
    ...plugin.gaps.map(({ property, says }) => `  not ${property === '*' ? 'any policy' : property}: ${says}`),
    paint('dim', `  ${plugin.documentation}`, colour),
  ]);
  return [...entries.flat(), `${plugins.length} plugins`].join('\n');
}

/** Whether anybody looked for gaps where none is known. */
function gapLines({ gaps, gapsAt }: CniPlugin): readonly string[] {
  if (gaps.length > 0) return [];
  return [
    gapsAt === undefined ? '  gaps: no page of its makers is known that lists them' : `  gaps: none at ${gapsAt}`,
  ];
}

function versionLines({ versions, defaultVersion, install }: CniPlugin): readonly string[] {
  if (install.from === 'node-image') return ["comes with kind's node image"];
  return versions.map(({ version, kubernetes, sha256 }) => {
    const marks = [
      ...(version === defaultVersion ? ['default'] : []),
      ...(kubernetes.length > 0 ? [`nightly on Kubernetes ${kubernetes.join(', ')}`] : []),
      ...(sha256 === undefined ? ['no checksum is known'] : []),
    ].join('; ');
    return marks === '' ? version : `${version} (${marks})`;
  });
}

/** What `list --cni --json` says of a plugin; the nightly workflow makes its matrix of it. */
export function pluginEntry(plugin: CniPlugin): unknown {
  const { name, title, documentation, versions, defaultVersion, agent, supports, gaps, gapsAt, verified } = plugin;
  return { name, title, documentation, verified, defaultVersion, versions, agent, supports, gaps, gapsAt };
}
