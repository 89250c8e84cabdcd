import { join } from 'node:path';
import { goModuleStep, moduleBinaries } from '../go/go-binaries.ts';
import { type GoModule, goModText, moduleGoMod } from '../go/go-module.ts';
import type { BuildContext } from '../steps/build-step.ts';
import type { FolderStep } from '../steps/folder-step.ts';
import { dockerfileStep, type ImageStep } from '../steps/image-step.ts';
import { imageListStep, listedImage, versionOfImage } from './image-list.ts';
import type { KubernetesProgram } from './kubernetes-binaries.ts';
import { pauseBinary } from './pause.ts';

/** An image that kubeadm wants: built here, and the name it gets in the node, known once kubeadm was built. */
interface KubernetesImage {
  readonly step: ImageStep;
  readonly publishedName: () => Promise<string>;
}

/** All of them, with the list that names them. */
export interface KubernetesImages {
  readonly list: FolderStep;
  readonly images: readonly KubernetesImage[];
}

/** etcd and CoreDNS: a program whose version is that of the image kubeadm asks for. */
const programOfImage = (
  context: BuildContext,
  list: FolderStep,
  program: { readonly name: string; readonly path: string; readonly kubernetes: string },
): FolderStep => {
  const module = async (): Promise<GoModule> => ({
    path: program.path,
    version: versionOfImage(await listedImage(list, program.name)),
  });
  const resolved = goModuleStep(context, {
    name: program.name,
    version: `of Kubernetes ${program.kubernetes}`,
    packages: [program.path],
    needs: [list],
    goMod: async () => {
      const require = await module();
      return goModText({ ...(await moduleGoMod(context, require)), require, replaces: [] });
    },
  });
  return moduleBinaries(context, resolved, {
    name: program.name,
    title: `build ${program.name} for Kubernetes ${program.kubernetes}`,
    programs: { [program.name]: program.path },
  });
};

/** The seven images of a Kubernetes version. Only kube-proxy calls other programs and has a system around it. */
export const kubernetesImages = (
  context: BuildContext,
  binaries: Readonly<Record<KubernetesProgram, FolderStep>>,
  options: { readonly version: string; readonly smallRoot: ImageStep },
): KubernetesImages => {
  const { version, smallRoot } = options;
  const list = imageListStep(context, binaries.kubeadm, version);
  const image = (name: string, binary: FolderStep, base?: ImageStep, extra = ''): KubernetesImage => {
    const path = name === 'coredns' || name === 'pause' ? `/${name}` : `/usr/local/bin/${name}`;
    return {
      publishedName: () => listedImage(list, name),
      step: dockerfileStep(context, {
        name,
        title: `image ${name}`,
        needs: [binary, list, ...(base === undefined ? [] : [base])],
        dockerfile: `FROM ${base?.image ?? 'scratch'}\nCOPY program ${path}\nENV PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n${extra}ENTRYPOINT ["${path}"]\n`,
        files: [{ to: 'program', from: join(binary.folder, name) }],
      }),
    };
  };
  const etcd = programOfImage(context, list, { name: 'etcd', path: 'go.etcd.io/etcd/server/v3', kubernetes: version });
  const coredns = programOfImage(context, list, {
    name: 'coredns',
    path: 'github.com/coredns/coredns',
    kubernetes: version,
  });
  return {
    list,
    images: [
      image('kube-apiserver', binaries['kube-apiserver']),
      image('kube-controller-manager', binaries['kube-controller-manager']),
      image('kube-scheduler', binaries['kube-scheduler']),
      image('kube-proxy', binaries['kube-proxy'], smallRoot),
      image('etcd', etcd),
      image('coredns', coredns),
      image('pause', pauseBinary(context), undefined, 'USER 65535:65535\n'),
    ],
  };
};
