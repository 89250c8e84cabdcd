import { parseAllDocuments } from 'yaml';
import { type ImageOf, mismatchOf, ownImages } from '../own-images.ts';

const published = 'docker.io/cloudnativelabs/kube-router';

const mismatch = mismatchOf('kube-router');

/**
 * kube-router's own manifest for the image built here: its own name, never pulled.
 * @param text `daemonset/kubeadm-kuberouter.yaml` of a kube-router source tree
 */
export const kubeRouterManifest = (text: string, image: string): string => {
  const imageOf: ImageOf = (name) => {
    if (name !== published) throw mismatch(`the image ${published} (but ${name})`);
    return image;
  };
  const documents = parseAllDocuments(text);
  const daemonSets = documents.filter((document) => document.get('kind') === 'DaemonSet');
  if (daemonSets.length === 0) throw mismatch('a DaemonSet');
  for (const document of daemonSets) ownImages(document, imageOf, mismatch);
  return documents.map((document) => document.toString({ lineWidth: 0, directives: false })).join('---\n');
};
