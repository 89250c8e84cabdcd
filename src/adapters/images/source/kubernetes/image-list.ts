import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ClusterError } from '../../../../core/diagnostics/errors.ts';
import type { WorkContext } from '../../../debian/install-packages.ts';
import { runBuildCommand } from '../steps/build-step.ts';
import { type FolderStep, folderStep } from '../steps/folder-step.ts';

const file = 'images.txt';

/** The images that kubeadm of a version wants, asked of kubeadm itself. */
export const imageListStep = (context: WorkContext, kubeadm: FolderStep, version: string): FolderStep =>
  folderStep(context, {
    name: 'kubernetes-image-names',
    title: `ask kubeadm ${version} for its images`,
    needs: [kubeadm],
    inputs: version,
    async make(folder) {
      const program = join(kubeadm.folder, 'kubeadm');
      const args = ['config', 'images', 'list', '--kubernetes-version', version] as const;
      const { stdout } = await runBuildCommand(context, 'kubeadm-images', [program, ...args]);
      await writeFile(join(folder, file), stdout);
    },
  });

/** Finds the image whose repository ends with a name, e.g. `coredns` in `…/coredns/coredns:v1.14.6`. */
export const imageNamed = (list: string, name: string): string => {
  const found = list.split('\n').find(
    (line) =>
      line
        .replace(/:[^:/]*$/, '')
        .split('/')
        .at(-1) === name,
  );
  if (found === undefined) {
    throw new ClusterError({ code: 'image-list-unexpected', message: `kubeadm names no image "${name}": ${list}` });
  }
  return found.trim();
};

/** Full name, with tag, of an image in a finished list. */
export const listedImage = async (list: FolderStep, name: string): Promise<string> =>
  imageNamed(await readFile(join(list.folder, file), 'utf8'), name);

/** Version of the program in an image, from its tag: etcd's `3.7.0-0` is v3.7.0, CoreDNS' `v1.14.6` is itself. */
export const versionOfImage = (image: string): string => image.replace(/^.*:v?/, 'v').replace(/-\d+$/, '');
