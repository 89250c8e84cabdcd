/** Versions of what a source-built node consists of. etcd, CoreDNS and pause follow from Kubernetes. */
export interface SourceVersions {
  /** Of k8s.io/kubernetes, e.g. `v1.37.2`. */
  readonly kubernetes: string;
  /** Of sigs.k8s.io/kind, whose node files are used. */
  readonly kind: string;
  readonly containerd: string;
  readonly criTools: string;
  readonly cniPlugins: string;
  /** Of the npm package `node`, without `v`. */
  readonly node: string;
}

/** What is built unless something else is asked for. */
export const defaultVersions: SourceVersions = {
  kubernetes: 'v1.37.2',
  kind: 'v0.33.0',
  containerd: 'v2.3.7',
  criTools: 'v1.36.0',
  cniPlugins: 'v1.9.1',
  node: '24.21.0',
};
