import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { moduleFolder } from '../go/go-module.ts';
import type { BuildContext } from '../steps/build-step.ts';
import { type FolderStep, folderStep } from '../steps/folder-step.ts';
import { dockerfileStep, type ImageStep } from '../steps/image-step.ts';
import { flannelManifest } from './flannel-manifest.ts';
import { flannelBinaries, flannelCniProgram, flannelModule } from './flannel-source.ts';
import { flannelRelease } from './flannel-versions.ts';

/** Flannel's images and the step that writes the manifest which uses them. */
export interface FlannelBuild {
  readonly images: readonly ImageStep[];
  /** Its folder holds `flannel.yaml`. */
  readonly manifest: FolderStep;
}

/** flannel and flannel-cni-plugin, built from source. Both stand on the small root: one calls iptables, the other `cp`. */
export const flannelBuild = (
  context: BuildContext,
  version: string,
  { smallRoot }: { readonly smallRoot: ImageStep },
): FlannelBuild => {
  const binaries = flannelBinaries(context, version);
  const program = flannelCniProgram(context, version);
  const agent = dockerfileStep(context, {
    name: 'flannel',
    title: 'image flannel',
    needs: [smallRoot, binaries],
    dockerfile: `FROM ${smallRoot.image}\nCOPY bin/ /opt/bin/\nENTRYPOINT ["/opt/bin/flanneld"]\n`,
    files: [{ to: 'bin', from: binaries.folder }],
  });
  const cni = dockerfileStep(context, {
    name: 'flannel-cni-plugin',
    title: 'image flannel-cni-plugin',
    needs: [smallRoot, program],
    dockerfile: `FROM ${smallRoot.image}\nCOPY program/flannel /flannel\n`,
    files: [{ to: 'program', from: program.folder }],
  });
  const images = { flannel: `docker.io/${agent.image}`, 'flannel-cni-plugin': `docker.io/${cni.image}` };
  const { cniVersion } = flannelRelease(version);
  const manifest = folderStep(context, {
    name: 'flannel-manifest',
    title: `edit the manifest of Flannel ${version}`,
    inputs: [version, images, cniVersion],
    async make(folder) {
      const source = await moduleFolder(context, flannelModule(version));
      const text = await readFile(join(source, 'Documentation/kube-flannel.yml'), 'utf8');
      await writeFile(join(folder, 'flannel.yaml'), flannelManifest(text, { images, cniVersion }));
    },
  });
  return { images: [agent, cni], manifest };
};
