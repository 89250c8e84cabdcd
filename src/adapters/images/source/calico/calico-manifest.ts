import { type Document, isMap, isScalar, isSeq, parseAllDocuments, type YAMLMap, type YAMLSeq } from 'yaml';
import { imageByName, mismatchOf, ownImage, podPath } from '../own-images.ts';

/** Images of Calico by the last part of their published names. */
export type CalicoImages = Readonly<Record<'node' | 'cni' | 'kube-controllers', string>>;

/** Environment of calico/node: vxlan without BGP, and nothing that needs bpftool or a way out of the cluster. */
const nodeEnv: Readonly<Record<string, string>> = {
  CLUSTER_TYPE: 'k8s',
  CALICO_IPV4POOL_IPIP: 'Never',
  CALICO_IPV4POOL_VXLAN: 'CrossSubnet',
  FELIX_XDPENABLED: 'false',
  FELIX_DebugSkipCTLBCleanup: 'true',
  FELIX_USAGEREPORTINGENABLED: 'false',
};

/** Upgrades from host-local addresses, and what prepares eBPF (under both its names): neither is used here. */
const droppedInitContainers = ['upgrade-ipam', 'mount-bpffs', 'ebpf-bootstrap'];

const mismatch = mismatchOf('Calico');

const listAt = (node: Document | YAMLMap, path: readonly string[]): YAMLSeq => {
  const found = node.getIn(path, true);
  if (!isSeq(found)) throw mismatch(`a list at ${path.join('.')}`);
  return found;
};

const maps = (list: YAMLSeq): readonly YAMLMap[] => list.items.filter((item) => isMap(item));

const without = (list: YAMLSeq, names: readonly string[]): void => {
  list.items = list.items.filter((item) => !isMap(item) || !names.includes(String(item.get('name'))));
};

const setEnv = (document: Document, container: YAMLMap, values: Readonly<Record<string, string>>): void => {
  const env = listAt(container, ['env']);
  without(env, Object.keys(values));
  for (const [name, value] of Object.entries(values)) env.add(document.createNode({ name, value }));
};

/** Takes out the volumes that no container mounts any more. */
const dropUnmounted = (document: Document, pod: readonly string[]): void => {
  const containers = ['initContainers', 'containers'].flatMap((list) => maps(listAt(document, [...pod, list])));
  const mounts = containers.flatMap((container) =>
    container.has('volumeMounts') ? maps(listAt(container, ['volumeMounts'])) : [],
  );
  const mounted = new Set(mounts.map((mount) => mount.get('name')));
  const volumes = listAt(document, [...pod, 'volumes']);
  volumes.items = volumes.items.filter((volume) => isMap(volume) && mounted.has(volume.get('name')));
};

const editNode = (document: Document, pod: readonly string[]): void => {
  without(listAt(document, [...pod, 'initContainers']), droppedInitContainers);
  dropUnmounted(document, pod);
  for (const container of maps(listAt(document, [...pod, 'containers']))) {
    setEnv(document, container, nodeEnv);
    container.setIn(['resources', 'requests', 'cpu'], '50m');
    for (const probe of ['livenessProbe', 'readinessProbe']) {
      const command = listAt(container, [probe, 'exec', 'command']);
      command.items = command.items.filter((word) => !isScalar(word) || !/^-bird-/.test(String(word.value)));
    }
  }
};

/**
 * Calico's own manifest for images built here: vxlan across subnets, no BGP daemon, own image names that are never
 * pulled. The address pool comes from kubeadm's pod subnet.
 * @param text `manifests/calico.yaml` of a Calico source tree
 */
export const calicoManifest = (text: string, images: CalicoImages): string => {
  const imageOf = imageByName(images, mismatch);
  const documents = parseAllDocuments(text);
  for (const document of documents) {
    const kind = document.get('kind');
    if (kind === 'ConfigMap') document.setIn(['data', 'calico_backend'], 'vxlan');
    if (kind !== 'DaemonSet' && kind !== 'Deployment') continue;
    if (kind === 'DaemonSet') editNode(document, podPath);
    for (const list of ['initContainers', 'containers']) {
      if (!document.hasIn([...podPath, list])) continue;
      for (const container of maps(listAt(document, [...podPath, list]))) ownImage(container, imageOf);
    }
  }
  return documents.map((document) => document.toString({ lineWidth: 0, directives: false })).join('---\n');
};
