// Prints the nightly workflow's matrix as JSON: each plugin in each version on each Kubernetes version that it is tried on.
// Usage: node bin/nightly-matrix.mjs PLUGINS.json [NAME[@VERSION]] [KUBERNETES], PLUGINS.json of "netproof list --cni --json".
import { readFileSync } from 'node:fs';

const [file = '', wanted = '', kubernetes = ''] = process.argv.slice(2);
const plugins = JSON.parse(readFileSync(file, 'utf8'));
const [name = '', version] = wanted.split('@');

const chosen = plugins.filter((plugin) => name === '' || plugin.name === name);
if (chosen.length === 0) {
  process.stderr.write(`there is no plugin "${name}": ${plugins.map((plugin) => plugin.name).join(', ')}\n`);
  process.exit(2);
}

/** Versions of a plugin with the Kubernetes versions for each; one that is not known runs where the newest one does. */
const versionsOf = (plugin) => {
  if (version === undefined) return plugin.versions;
  const known = plugin.versions.find((each) => each.version === version);
  return [known ?? { version, kubernetes: plugin.versions[0].kubernetes }];
};

const runs = chosen.flatMap((plugin) =>
  versionsOf(plugin).flatMap((each) => {
    const cni = each.version === '' ? plugin.name : `${plugin.name}@${each.version}`;
    const on = kubernetes === '' ? each.kubernetes : [kubernetes];
    return on.map((on) => ({ cni, kubernetes: on, name: `${cni.replace('@', '-')}-kubernetes-${on}` }));
  }),
);
if (runs.length === 0) {
  process.stderr.write(`${wanted} is tried on no Kubernetes version: name one\n`);
  process.exit(2);
}
process.stdout.write(`${JSON.stringify(runs)}\n`);
