import { kindRemedy, kindVersion } from '../cluster/kind/find-kind.ts';
import type { EngineRemedy } from '../container-engine/engine-remedy.ts';
import type { FoundEngine } from '../container-engine/find-engine.ts';
import type { RegistryAnswer } from '../images/registry/registry-answers.ts';
import type { Check } from './check.ts';

/** Judges this process's own Node.js against the `engines` of package.json. */
export function nodeCheck(version: string, floor: string): Check {
  const [major = 0, minor = 0] = version.replace('v', '').split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = floor.replace('>=', '').split('.').map(Number);
  const enough = major > leastMajor || (major === leastMajor && minor >= leastMinor);
  if (enough) return { name: 'node', level: 'ok', found: version };
  return { name: 'node', level: 'lack', found: `${version}, needs ${floor}`, remedy: 'npm install node@24' };
}

/** Judges the container engine. One that netproof would install itself is no lack. */
export function engineCheck(found: FoundEngine, remedy: EngineRemedy): Check {
  const name = 'engine';
  if (found.found) {
    const { kind, version } = found.engine;
    return { name, level: 'ok', found: `${kind === 'private' ? "netproof's own" : 'docker'} ${version}` };
  }
  const said = found.reason ?? 'no docker client in PATH';
  if (remedy.automatic) return { name, level: 'ok', found: 'none; "netproof up" installs and starts one of its own' };
  return { name, level: 'lack', found: said, remedy: remedy.hint.replace(/^Run: /, '') };
}

/** Judges where kind comes from. */
export function kindCheck(path: string | undefined, go: string | undefined): Check {
  if (path !== undefined) return { name: 'kind', level: 'ok', found: path };
  if (go !== undefined)
    return { name: 'kind', level: 'ok', found: `none; "netproof up" installs ${kindVersion} with Go` };
  return { name: 'kind', level: 'lack', found: 'none, and no Go to install it with', remedy: kindRemedy(false) };
}

/** Judges where images come from: a registry, or else Go and Debian's tools. */
export function imageChecks(registry: RegistryAnswer | undefined, go: string | undefined): readonly Check[] {
  const goFound = go ?? 'none';
  if (registry?.answers === true) {
    return [
      { name: 'registry', level: 'ok', found: 'answers' },
      { name: 'go', level: 'ok', found: `${goFound} (only needed for --images source)` },
    ];
  }
  const why = registry === undefined ? 'not tried: that takes an engine' : `does not answer: ${registry.reason}`;
  const goRemedy = 'Install Go 1.26 or newer: https://go.dev/dl/';
  if (registry === undefined) {
    const level = go === undefined ? 'warn' : 'ok';
    return [
      { name: 'registry', level: 'ok', found: why },
      { name: 'go', level, found: goFound, ...(go === undefined && { remedy: goRemedy }) },
    ];
  }
  return [
    { name: 'registry', level: 'warn', found: `${why}; images are built from source, about 15 minutes the first time` },
    {
      name: 'go',
      level: go === undefined ? 'lack' : 'ok',
      found: goFound,
      ...(go === undefined && { remedy: goRemedy }),
    },
  ];
}
