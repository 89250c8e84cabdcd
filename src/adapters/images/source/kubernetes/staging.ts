import { type GoModFile, type GoModule, goModText } from '../go/go-module.ts';

/**
 * A go.mod of ours for building k8s.io/kubernetes from outside. Its own requires the staging modules at v0.0.0 and
 * finds them in its tree; published, module k8s.io/X of Kubernetes v1.N.P is v0.N.P.
 */
export const kubernetesGoMod = (module: GoModule, own: GoModFile): string => {
  const staging = module.version.replace(/^v1\./, 'v0.');
  return goModText({
    goVersion: own.goVersion,
    godebug: own.godebug,
    require: module,
    replaces: own.requires
      .filter(({ version }) => version === 'v0.0.0')
      .map(({ path }) => ({ path, by: `${path} ${staging}` })),
  });
};

/** What the linker stamps into Kubernetes' programs; kubeadm refuses to work without a version. */
export const kubernetesStamps = (version: string): Readonly<Record<string, string>> => {
  const [, major = '', minor = ''] = /^v(\d+)\.(\d+)\./.exec(version) ?? [];
  const name = 'k8s.io/component-base/version';
  return {
    [`${name}.gitVersion`]: version,
    [`${name}.gitMajor`]: major,
    [`${name}.gitMinor`]: minor,
    [`${name}.gitCommit`]: `k8s.io/kubernetes@${version}`,
    [`${name}.gitTreeState`]: 'archive',
  };
};
