import { type GoSource, goBinariesStep, goModuleStep } from '../go/go-binaries.ts';
import { goModText, moduleFolder, moduleGoMod } from '../go/go-module.ts';
import type { BuildContext } from '../steps/build-step.ts';
import { calicoInstallSource } from './calico-install.ts';
import { calicoRelease } from './calico-versions.ts';

/** Path of Calico's module. */
export const calicoRepository = 'github.com/projectcalico/calico';

const repository = calicoRepository;

/** Where Calico's source is, ready for building, whichever way it came. */
export interface CalicoSource extends GoSource {
  readonly version: string;
  /** For the run's record. */
  readonly provenance: string;
  /** Package of the repaired installer. */
  readonly installPackage: string;
  /** Further arguments of `go build`. */
  readonly buildArgs: readonly string[];
  /** Folder of the repository's files; for a module, downloaded when asked for. */
  readonly files: () => Promise<string>;
}

/** A release of Calico, from the module proxy. */
export const calicoModule = (context: BuildContext, version: string): CalicoSource => {
  const release = calicoRelease(version);
  const module = { path: repository, version: release.module };
  const resolved = goModuleStep(context, {
    name: 'calico',
    version: `${version} ${release.module} ${JSON.stringify(release.replaces)}`,
    packages: [...Object.values(calicoPackages), `${repository}/cni-plugin/pkg/install`],
    files: { 'install/main.go': calicoInstallSource },
    goMod: async () => {
      const own = await moduleGoMod(context, module);
      const elsewhere = own.replaces.filter(
        ({ path, by }) => !by.startsWith('.') && !release.replaces.some((replace) => replace.path === path),
      );
      return goModText({ ...own, require: module, replaces: [...release.replaces, ...elsewhere] });
    },
  });
  return {
    version,
    provenance: `${repository} ${version} (${release.module})`,
    key: resolved.key,
    needs: [resolved],
    cwd: resolved.folder,
    modMode: 'mod',
    verify: async () => undefined,
    installPackage: './install',
    buildArgs: [],
    files: () => moduleFolder(context, module),
  };
};

/** Packages of Calico's programs. */
const calicoPackages = {
  'calico-node': `${repository}/node/cmd/calico-node`,
  calico: `${repository}/cni-plugin/cmd/calico`,
  'kube-controllers': `${repository}/kube-controllers/cmd/kube-controllers`,
  'check-status': `${repository}/kube-controllers/cmd/check-status`,
} as const;

/** Compiles Calico's programs: the agent, the CNI plugin with its installer, the controllers. */
export const calicoBinaries = (context: BuildContext, source: CalicoSource) => {
  const { version } = source;
  const build = (name: string, programs: Readonly<Record<string, string>>, stamps: Readonly<Record<string, string>>) =>
    goBinariesStep(context, source, {
      name,
      title: `build ${name} ${version}`,
      programs,
      stamps,
      args: source.buildArgs,
    });
  const main = { 'main.VERSION': version };
  return {
    node: build(
      'calico-node',
      { 'calico-node': calicoPackages['calico-node'] },
      {
        [`${repository}/node/pkg/lifecycle/startup.VERSION`]: version,
        [`${repository}/node/buildinfo.GitVersion`]: version,
      },
    ),
    cni: build('calico-cni', { calico: calicoPackages.calico, install: source.installPackage }, main),
    controllers: build(
      'calico-kube-controllers',
      {
        'kube-controllers': calicoPackages['kube-controllers'],
        'check-status': calicoPackages['check-status'],
      },
      main,
    ),
  };
};
