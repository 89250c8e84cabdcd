import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProviderCall } from '../../../ports/cluster-provider.ts';
import type { ContainerEngine } from '../../container-engine/container-engine.ts';
import { type LoadableImage, qualifiedImage } from '../../images/image-set.ts';
import { runCommand } from '../../process/run-command.ts';

/** Where to load images, and where a temporary archive may lie. */
export interface LoadTarget {
  readonly engine: ContainerEngine;
  /** Names of the node containers. */
  readonly nodes: readonly string[];
  readonly folder: string;
  readonly logFile: string;
}

/**
 * Puts images of the engine on every node under the names that pods use; images that a node has are left alone.
 * kind's own `load docker-image` asks containerd for all platforms and fails where the engine pulled one of several.
 * Importing through containerd's transfer service, ctr's default, takes three times as long as `--local`.
 */
export async function loadImages(
  images: readonly LoadableImage[],
  target: LoadTarget,
  { progress, signal }: ProviderCall,
): Promise<void> {
  const { engine, nodes, logFile } = target;
  const docker = (args: readonly string[], title: string, inputFile?: string) =>
    runCommand(engine.docker, args, {
      title,
      env: engine.env,
      logFile,
      signal,
      ...(inputFile !== undefined && { inputFile }),
    });
  const ctr = ['ctr', '--namespace', 'k8s.io', 'images'];

  const lacking = await Promise.all(
    nodes.map(async (node) => {
      const { stdout } = await docker(['exec', node, ...ctr, 'ls', '-q'], `list the images of ${node}`);
      const present = new Set(stdout.split('\n'));
      return { node, images: images.filter(({ as }) => !present.has(as)) };
    }),
  );
  const wanted = images.filter((image) => lacking.some((node) => node.images.includes(image)));
  if (wanted.length === 0) return;

  const archive = join(target.folder, 'images.tar');
  try {
    progress.detail(`saving ${wanted.length} images`);
    await docker(['save', '--output', archive, ...wanted.map(({ image }) => image)], 'save the images');
    await Promise.all(
      lacking
        .filter((node) => node.images.length > 0)
        .map(async ({ node, images: missing }) => {
          progress.detail(`importing into ${node}`);
          const dump = await docker(['exec', node, 'containerd', 'config', 'dump'], `ask ${node} for its snapshotter`);
          const importing = [...ctr, 'import', '--local', '--snapshotter', snapshotterOf(dump.stdout), '-'];
          await docker(['exec', '--interactive', node, ...importing], `load images into ${node}`, archive);
          for (const { image, as } of missing) {
            const name = qualifiedImage(image);
            if (name !== as) await docker(['exec', node, ...ctr, 'tag', '--force', name, as], `name ${as} on ${node}`);
          }
        }),
    );
  } finally {
    await rm(archive, { force: true });
  }
}

/** The snapshotter that Kubernetes' images use, from containerd's configuration; kind sets another one on some disks. */
export function snapshotterOf(configDump: string): string {
  const sections = configDump.split(/^\s*\[/m);
  const images = sections.find((section) => /^plugins\.['"]io\.containerd\.cri\.v1\.images['"]\]/.test(section));
  return /^\s*snapshotter = ['"](\w[\w-]*)['"]/m.exec(images ?? '')?.[1] ?? 'overlayfs';
}
