import { type GoContext, goModuleStep, moduleBinaries } from '../go/go-binaries.ts';
import { moduleGoMod } from '../go/go-module.ts';
import type { FolderStep } from '../steps/folder-step.ts';
import { kubernetesGoMod, kubernetesStamps } from './staging.ts';

/** Kubernetes' programs that a node consists of. kubelet first: it is the longest. */
const programs = [
  'kubelet',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kube-proxy',
  'kubeadm',
  'kubectl',
] as const;

/** Name of one of them. */
export type KubernetesProgram = (typeof programs)[number];

/** A step for each program: an interrupted build goes on at the one that was missing. */
export const kubernetesBinaries = (
  context: GoContext,
  version: string,
): Readonly<Record<KubernetesProgram, FolderStep>> => {
  const module = { path: 'k8s.io/kubernetes', version };
  const packageOf = (program: string): string => `k8s.io/kubernetes/cmd/${program}`;
  const resolved = goModuleStep(context, {
    name: 'kubernetes',
    version: `${version} staging 1`,
    packages: programs.map(packageOf),
    goMod: async () => kubernetesGoMod(module, await moduleGoMod(context, module)),
  });
  return Object.fromEntries(
    programs.map((program) => [
      program,
      moduleBinaries(context, resolved, {
        name: program,
        title: `build ${program} ${version}`,
        programs: { [program]: packageOf(program) },
        stamps: kubernetesStamps(version),
      }),
    ]),
  ) as Record<KubernetesProgram, FolderStep>;
};
