import type { CniPlugin } from '../adapters/cni/cni-plugin.ts';
import { paint } from '../reporters/symbols.ts';

/** What `list --cni` says of the plugins that netproof can install. */
export function pluginListText(plugins: readonly CniPlugin[], colour: boolean): string {
  const entries = plugins.map((plugin) => [
    `${paint('bold', plugin.name, colour)}  ${plugin.title}${plugin.verified ? '' : '  [unverified]'}`,
    ...versionLines(plugin).map((line) => `  ${line}`),
    ...plugin.gaps.map(({ property, says }) => `  not ${property === '*' ? 'any policy' : property}: ${says}`),
    paint('dim', `  ${plugin.documentation}`, colour),
  ]);
  return [...entries.flat(), `${plugins.length} plugins`].join('\n');
}

function versionLines({ versions, defaultVersion, install }: CniPlugin): readonly string[] {
  if (install.from === 'node-image') return ["comes with kind's node image"];
  return versions.map(({ version, kubernetes }) => {
    const marks = [
      ...(version === defaultVersion ? ['default'] : []),
      ...(kubernetes.length > 0 ? [`nightly on Kubernetes ${kubernetes.join(', ')}`] : []),
    ].join('; ');
    return marks === '' ? version : `${version} (${marks})`;
  });
}

/** What `list --cni --json` says of a plugin; the nightly workflow makes its matrix of it. */
export function pluginEntry(plugin: CniPlugin): unknown {
  const { name, title, documentation, versions, defaultVersion, agent, gaps, verified } = plugin;
  return { name, title, documentation, verified, defaultVersion, versions, agent, gaps };
}
