import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildContainerName, removeAbandonedContainers, removeContainer } from '../steps/build-container.ts';
import { type BuildContext, runDocker } from '../steps/build-step.ts';
import { type ImageStep, imageStep } from '../steps/image-step.ts';
import type { KubernetesImages } from './kubernetes-images.ts';

const entrypoint = 'ENTRYPOINT ["/usr/local/bin/entrypoint", "/sbin/init"]';

const waitForContainerd = 'for i in $(seq 100); do ctr version >/dev/null 2>&1 && exit 0; sleep 0.1; done; ctr version';
const stopContainerd =
  'pkill -x containerd; for i in $(seq 100); do pgrep -x containerd >/dev/null || exit 0; sleep 0.1; done; exit 1';

/**
 * The image that kind starts nodes from: the base with Kubernetes' images in its containerd. They are imported without
 * unpacking, which needs no privilege; the node unpacks them when it starts them.
 */
export const nodeImage = (
  context: BuildContext,
  parts: { readonly base: ImageStep; readonly kubernetes: KubernetesImages; readonly version: string },
): ImageStep => {
  const { base, kubernetes, version } = parts;
  const title = `node image ${version}`;
  return imageStep(context, {
    name: 'node',
    title,
    needs: [base, kubernetes.list, ...kubernetes.images.map((image) => image.step)],
    inputs: ['import without unpacking 1', waitForContainerd, stopContainerd],
    async make(image) {
      const log = 'image-node';
      const docker = (args: readonly string[], inputFile?: string) =>
        runDocker(context, log, args, { title, ...(inputFile !== undefined && { inputFile }) });
      const folder = await mkdtemp(join(tmpdir(), 'netproof-node-'));
      const container = buildContainerName('node');
      try {
        const archive = join(folder, 'images.tar');
        await docker(['save', '--output', archive, ...kubernetes.images.map(({ step }) => step.image)]);
        await removeAbandonedContainers(context, log);
        await docker([
          'run',
          '--detach',
          '--name',
          container,
          '--security-opt',
          'seccomp=unconfined',
          '--entrypoint',
          'sleep',
          base.image,
          'infinity',
        ]);
        const ctr = ['ctr', '--namespace', 'k8s.io', 'images'];
        await docker(['exec', '--detach', container, 'containerd']);
        await docker(['exec', container, 'bash', '-c', waitForContainerd]);
        await docker(
          [
            'exec',
            '--interactive',
            container,
            ...ctr,
            'import',
            '--label=io.cri-containerd.pinned=pinned',
            '--all-platforms',
            '--no-unpack',
            '-',
          ],
          archive,
        );
        for (const { step, publishedName } of kubernetes.images) {
          const imported = `docker.io/${step.image}`;
          await docker(['exec', container, ...ctr, 'tag', imported, await publishedName()]);
          await docker(['exec', container, ...ctr, 'rm', imported]);
        }
        await docker(['exec', container, 'bash', '-c', stopContainerd]);
        await docker(['commit', '--pause=false', '--change', entrypoint, container, image]);
      } finally {
        await removeContainer(context, log, container);
        await rm(folder, { recursive: true, force: true });
      }
    },
  });
};
