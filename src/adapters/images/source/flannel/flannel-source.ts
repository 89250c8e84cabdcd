import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ClusterError } from '../../../../core/diagnostics/errors.ts';
import { goModuleStep, moduleBinaries } from '../go/go-binaries.ts';
import { type GoModule, goModText, moduleFolder, moduleGoMod } from '../go/go-module.ts';
import { publishedBinaries } from '../go/pinned-module.ts';
import type { BuildContext } from '../steps/build-step.ts';
import type { FolderStep } from '../steps/folder-step.ts';
import { flannelRelease } from './flannel-versions.ts';

/** Path of Flannel's module. */
export const flannelRepository = 'github.com/flannel-io/flannel';

const installer = `${flannelRepository}/cmd/install_conf`;
const plugins = 'github.com/containernetworking/plugins';

/** A release of Flannel as a module. */
export const flannelModule = (version: string): GoModule => ({ path: flannelRepository, version });

/** `main.go` of flanneld without some of its backends, each of which it imports by a line of its own. */
export const withoutBackends = (main: string, dropped: readonly string[]): string =>
  dropped.reduce((text, backend) => {
    const line = `\t_ "${flannelRepository}/pkg/backend/${backend}"\n`;
    if (text.includes(line)) return text.replace(line, '');
    throw new ClusterError({
      code: 'recipe-mismatch',
      message: `flanneld imports no backend ${backend}, which this recipe leaves out`,
    });
  }, main);

/** Compiles flanneld and the program that installs its CNI configuration. */
export const flannelBinaries = (context: BuildContext, version: string): FolderStep => {
  const module = flannelModule(version);
  const { dropped } = flannelRelease(version);
  const resolved = goModuleStep(context, {
    name: 'flannel',
    version: `${version} without ${dropped.join()}`,
    packages: [installer],
    goMod: async () => goModText({ ...(await moduleGoMod(context, module)), require: module, replaces: [] }),
    derivedFiles: async () => ({
      'flanneld/main.go': withoutBackends(
        await readFile(join(await moduleFolder(context, module), 'main.go'), 'utf8'),
        dropped,
      ),
    }),
  });
  return moduleBinaries(context, resolved, {
    name: 'flannel',
    title: `build Flannel ${version}`,
    programs: { flanneld: './flanneld', 'install-conf': installer },
    stamps: { [`${flannelRepository}/pkg/version.Version`]: version },
  });
};

/** Compiles the CNI program that kubelet's container runtime calls. */
export const flannelCniProgram = (context: BuildContext, version: string): FolderStep =>
  publishedBinaries(
    context,
    { path: plugins, version: flannelRelease(version).cniProgram },
    {
      name: 'flannel-cni',
      title: `build Flannel's CNI program`,
      programs: { flannel: `${plugins}/plugins/meta/flannel` },
    },
  );
