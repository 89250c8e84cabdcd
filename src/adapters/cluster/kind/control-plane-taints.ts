import { isMap, isScalar, isSeq, parseDocument, type YAMLMap } from 'yaml';

const taints = ['nodeRegistration', 'taints'];

/**
 * Takes `taints: []` out of a node's kubeadm patches. kind takes the control plane's taint away itself when that is the
 * only node, and fails when there is none.
 */
export function dropEmptyTaints(node: YAMLMap): void {
  const patches = node.get('kubeadmConfigPatches');
  if (!isSeq(patches)) return;
  for (const patch of patches.items) {
    if (!isScalar(patch) || typeof patch.value !== 'string') continue;
    const document = parseDocument(patch.value);
    const stated = document.getIn(taints);
    if (!isSeq(stated) || stated.items.length > 0) continue;
    document.deleteIn(taints);
    const registration = document.get('nodeRegistration');
    if (isMap(registration) && registration.items.length === 0) document.delete('nodeRegistration');
    patch.value = document.toString();
  }
}
