import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ClusterError } from '../../../../core/diagnostics/errors.ts';
import { type GoModule, moduleFolder } from '../go/go-module.ts';
import { publishedBinaries } from '../go/pinned-module.ts';
import type { BuildContext } from '../steps/build-step.ts';
import { type FolderStep, folderStep } from '../steps/folder-step.ts';
import { dockerfileStep, type ImageStep } from '../steps/image-step.ts';
import { kubeRouterManifest } from './kube-router-manifest.ts';

/** Path of kube-router's module. */
export const kubeRouterRepository = 'github.com/cloudnativelabs/kube-router/v2';

/** Releases that this recipe was tried on. */
const known: readonly string[] = ['v2.1.0'];

/** kube-router's image and the step that writes the manifest which uses it. */
export interface KubeRouterBuild {
  readonly images: readonly ImageStep[];
  /** Its folder holds `kube-router.yaml`. */
  readonly manifest: FolderStep;
}

/**
 * kube-router, built from source on the small root: it calls iptables, ipset, conntrack and ip. The CNI programs that its
 * published image puts on nodes without them are there on nodes built here. Throws `ClusterError` `kube-router-version-unknown`.
 */
export const kubeRouterBuild = (
  context: BuildContext,
  version: string,
  { smallRoot }: { readonly smallRoot: ImageStep },
): KubeRouterBuild => {
  const module = kubeRouterModule(version);
  const binaries = publishedBinaries(context, module, {
    name: 'kube-router',
    title: `build kube-router ${version}`,
    programs: { 'kube-router': `${kubeRouterRepository}/cmd/kube-router` },
    stamps: { [`${kubeRouterRepository}/pkg/version.Version`]: version },
  });
  const agent = dockerfileStep(context, {
    name: 'kube-router',
    title: 'image kube-router',
    needs: [smallRoot, binaries],
    dockerfile: `FROM ${smallRoot.image}\nCOPY bin/ /usr/local/bin/\nENTRYPOINT ["/usr/local/bin/kube-router"]\n`,
    files: [{ to: 'bin', from: binaries.folder }],
  });
  const image = `docker.io/${agent.image}`;
  const manifest = folderStep(context, {
    name: 'kube-router-manifest',
    title: `edit the manifest of kube-router ${version}`,
    inputs: [version, image],
    async make(folder) {
      const text = await readFile(
        join(await moduleFolder(context, module), 'daemonset/kubeadm-kuberouter.yaml'),
        'utf8',
      );
      await writeFile(join(folder, 'kube-router.yaml'), kubeRouterManifest(text, image));
    },
  });
  return { images: [agent], manifest };
};

const kubeRouterModule = (version: string): GoModule => {
  if (known.includes(version)) return { path: kubeRouterRepository, version };
  throw new ClusterError({
    code: 'kube-router-version-unknown',
    message: `kube-router ${version} cannot be built from Go modules; known: ${known.join(', ')}`,
    hint: 'Use published images: --images registry.',
  });
};
