import { workloadImages } from '../../images/workload-images.ts';

/** The image that a pod is created with: bare names of the workload images stand for the versions that netproof pins. */
export function imageOf(name: string): string {
  if (name === 'agent') return workloadImages.node.name;
  if (name === 'alpine' || name === 'nginx') return workloadImages[name].name;
  return name;
}
