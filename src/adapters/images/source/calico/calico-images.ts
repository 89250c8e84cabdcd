import { chmod, cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildContext } from '../steps/build-step.ts';
import { type FolderStep, folderStep } from '../steps/folder-step.ts';
import { dockerfileStep, type ImageStep } from '../steps/image-step.ts';
import { calicoManifest } from './calico-manifest.ts';
import { type CalicoSource, calicoBinaries } from './calico-source.ts';

/** Services of calico/node that vxlan does without; their programs are not in the image. */
const dropped = ['bird', 'bird6', 'confd', 'calico-bgp-daemon'];

/** The files of calico/node's image, with the modes that a module zip has lost. */
const nodeFiles = (context: BuildContext, source: CalicoSource): FolderStep =>
  folderStep(context, {
    name: 'calico-node-files',
    title: `take the files of calico/node ${source.version}`,
    inputs: [source.key, dropped],
    async make(folder) {
      await cp(join(await source.files(), 'node/filesystem'), folder, { recursive: true });
      for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name);
        const executable =
          entry.isDirectory() || entry.name === 'run' || entry.name === 'rc.local' || /\/s?bin\//.test(path);
        await chmod(path, executable ? 0o755 : 0o644);
      }
      for (const name of dropped) {
        await rm(join(folder, 'etc/service/available', name), { recursive: true, force: true });
      }
      await source.verify();
    },
  });

/** The folder /opt/cni/bin of calico/cni: two names for one program, the installer, and the plugins it chains. */
const cniFiles = (context: BuildContext, cni: FolderStep, plugins: FolderStep): FolderStep =>
  folderStep(context, {
    name: 'calico-cni-files',
    title: 'gather the files of calico/cni',
    needs: [cni, plugins],
    inputs: 'symlink 1',
    async make(folder) {
      await cp(plugins.folder, folder, { recursive: true });
      await cp(cni.folder, folder, { recursive: true });
      await symlink('calico', join(folder, 'calico-ipam'));
    },
  });

/** Files that calico/kube-controllers writes as user 999. */
const controllerFiles = (context: BuildContext): FolderStep =>
  folderStep(context, {
    name: 'calico-controller-files',
    title: 'write the files of calico/kube-controllers',
    inputs: 'status and profiles 1',
    async make(folder) {
      for (const file of ['status/status.json', 'profiles/mem.pprof', 'profiles/cpu.pprof']) {
        await mkdir(join(folder, file, '..'), { recursive: true });
        await writeFile(join(folder, file), '');
      }
    },
  });

/** Calico's images and the step that writes the manifest which uses them. */
export interface CalicoBuild {
  readonly images: readonly ImageStep[];
  /** Its folder holds `calico.yaml`. */
  readonly manifest: FolderStep;
}

/** calico/node, calico/cni and calico/kube-controllers, built from source for a vxlan cluster. */
export const calicoBuild = (
  context: BuildContext,
  source: CalicoSource,
  parts: { readonly smallRoot: ImageStep; readonly plugins: FolderStep },
): CalicoBuild => {
  const { smallRoot, plugins } = parts;
  const binaries = calicoBinaries(context, source);
  const files = nodeFiles(context, source);
  const cniFolder = cniFiles(context, binaries.cni, plugins);
  const status = controllerFiles(context);
  const node = dockerfileStep(context, {
    name: 'calico-node',
    title: 'image calico/node',
    needs: [smallRoot, binaries.node, files],
    dockerfile: `FROM ${smallRoot.image}
COPY files/etc/ /etc/
COPY files/sbin/ /usr/sbin/
COPY program/ /usr/bin/
ENV SVDIR=/etc/service/enabled
CMD ["start_runit"]
`,
    files: [
      { to: 'files', from: files.folder },
      { to: 'program', from: binaries.node.folder },
    ],
  });
  const cni = dockerfileStep(context, {
    name: 'calico-cni',
    title: 'image calico/cni',
    needs: [cniFolder],
    dockerfile:
      'FROM scratch\nCOPY bin/ /opt/cni/bin/\nENV PATH=/opt/cni/bin\nWORKDIR /opt/cni/bin\nCMD ["/opt/cni/bin/install"]\n',
    files: [{ to: 'bin', from: cniFolder.folder }],
  });
  const controllers = dockerfileStep(context, {
    name: 'calico-kube-controllers',
    title: 'image calico/kube-controllers',
    needs: [binaries.controllers, status],
    dockerfile: `FROM scratch
COPY --chown=999:999 files/ /
COPY program/ /usr/bin/
USER 999
ENTRYPOINT ["/usr/bin/kube-controllers"]
`,
    files: [
      { to: 'files', from: status.folder },
      { to: 'program', from: binaries.controllers.folder },
    ],
  });
  const inCluster = (step: ImageStep): string => `docker.io/${step.image}`;
  const names = { node: inCluster(node), cni: inCluster(cni), 'kube-controllers': inCluster(controllers) };
  const manifest = folderStep(context, {
    name: 'calico-manifest',
    title: `edit the manifest of Calico ${source.version}`,
    inputs: [source.key, names, 'vxlan 1'],
    async make(folder) {
      const text = await readFile(join(await source.files(), 'manifests/calico.yaml'), 'utf8');
      await writeFile(join(folder, 'calico.yaml'), calicoManifest(text, names));
      await source.verify();
    },
  });
  return { images: [node, cni, controllers], manifest };
};
