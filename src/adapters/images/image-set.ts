import type { ImageProvenance } from '../../core/result/result.ts';
import type { KubeObject } from '../../ports/cluster.ts';

/** An image of the container engine, and the name that it gets on the nodes. */
export interface LoadableImage {
  readonly image: string;
  /** Fully qualified, as containerd names images: `docker.io/library/alpine:3.22`. */
  readonly as: string;
}

/** All images that a cluster is made of, ready in the container engine. */
export interface ImageSet {
  readonly from: 'registry' | 'source';
  /** For `kind create cluster --image`. */
  readonly node: string;
  /** To be put on every node. */
  readonly load: readonly LoadableImage[];
  /** Objects of the network plugin's manifest; none where no plugin is wanted. */
  readonly cniObjects: readonly KubeObject[];
  /** Empty without a plugin. */
  readonly cniVersion: string;
  readonly provenance: readonly ImageProvenance[];
}

/** A name as containerd writes it: with registry, and `library/` for Docker's own images. */
export function qualifiedImage(name: string): string {
  const [first = '', ...rest] = name.split('/');
  if (rest.length === 0) return `docker.io/library/${name}`;
  return /[.:]/.test(first) || first === 'localhost' ? name : `docker.io/${name}`;
}
