import { isMap, isSeq, parseAllDocuments, type YAMLMap } from 'yaml';
import { ClusterError } from '../../../../core/diagnostics/errors.ts';

const pod = ['spec', 'template', 'spec'];
const published = 'docker.io/cloudnativelabs/kube-router';

const unexpected = (what: string): ClusterError =>
  new ClusterError({
    code: 'recipe-mismatch',
    message: `kube-router's manifest has not ${what}, which this recipe edits`,
  });

/**
 * kube-router's own manifest for the image built here: its own name, never pulled.
 * @param text `daemonset/kubeadm-kuberouter.yaml` of a kube-router source tree
 */
export const kubeRouterManifest = (text: string, image: string): string => {
  const documents = parseAllDocuments(text);
  const daemonSets = documents.filter((document) => document.get('kind') === 'DaemonSet');
  if (daemonSets.length === 0) throw unexpected('a DaemonSet');
  for (const document of daemonSets) {
    for (const list of ['initContainers', 'containers']) {
      const containers = document.getIn([...pod, list], true);
      if (!isSeq(containers)) throw unexpected(`a list of ${list}`);
      for (const container of containers.items) if (isMap(container)) ownImage(container, image);
    }
  }
  return documents.map((document) => document.toString({ lineWidth: 0, directives: false })).join('---\n');
};

const ownImage = (container: YAMLMap, image: string): void => {
  const name = String(container.get('image'));
  if (name !== published) throw unexpected(`the image ${published} (but ${name})`);
  container.set('image', image);
  container.set('imagePullPolicy', 'Never');
};
