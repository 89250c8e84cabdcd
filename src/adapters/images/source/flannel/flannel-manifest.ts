import { parseAllDocuments } from 'yaml';
import { imageByName, mismatchOf, ownImages } from '../own-images.ts';

/** Images of Flannel by the last part of their published names. */
export type FlannelImages = Readonly<Record<'flannel' | 'flannel-cni-plugin', string>>;

const mismatch = mismatchOf('Flannel');

/**
 * Flannel's own manifest for images built here: own names that are never pulled, and the CNI version that its program
 * speaks.
 * @param text `Documentation/kube-flannel.yml` of a Flannel source tree
 */
export const flannelManifest = (
  text: string,
  { images, cniVersion }: { readonly images: FlannelImages; readonly cniVersion: string },
): string => {
  const documents = parseAllDocuments(text);
  for (const document of documents) {
    if (document.get('kind') === 'ConfigMap') {
      const path = ['data', 'cni-conf.json'];
      const config: unknown = JSON.parse(String(document.getIn(path) ?? '{}'));
      document.setIn(path, JSON.stringify({ ...(config as object), cniVersion }, null, 2));
    }
    if (document.get('kind') === 'DaemonSet') ownImages(document, imageByName(images, mismatch), mismatch);
  }
  return documents.map((document) => document.toString({ lineWidth: 0, directives: false })).join('---\n');
};
