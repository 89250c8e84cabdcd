import type { Workloads } from '../../../ports/workloads.ts';
import { workloadImages } from '../../images/workload-images.ts';
import { endCommand } from '../agent/program.ts';
import { podManifest } from './pod-manifest.ts';

/** The workloads of a real cluster. A scenario's `alpine`, `nginx` or `node` is the pinned tag; other images are as named. */
export const clusterWorkloads: Workloads = {
  podObjects: (pod, placement) =>
    podManifest(
      { ...pod, image: imageOf(pod.image) },
      {
        ...placement,
        agentImage: workloadImages.node.name,
        idleImage: workloadImages.alpine.name,
      },
    ),
  endCommand,
};

function imageOf(image: string): string {
  return Object.hasOwn(workloadImages, image) ? workloadImages[image as keyof typeof workloadImages].name : image;
}
