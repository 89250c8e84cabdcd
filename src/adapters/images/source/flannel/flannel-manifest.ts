import { isMap, isSeq, parseAllDocuments, type YAMLMap } from 'yaml';
import { ClusterError } from '../../../../core/diagnostics/errors.ts';

/** Images of Flannel by the last part of their published names. */
export type FlannelImages = Readonly<Record<'flannel' | 'flannel-cni-plugin', string>>;

const pod = ['spec', 'template', 'spec'];

const unexpected = (what: string): ClusterError =>
  new ClusterError({ code: 'recipe-mismatch', message: `Flannel's manifest has not ${what}, which this recipe edits` });

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
    if (document.get('kind') !== 'DaemonSet') continue;
    for (const list of ['initContainers', 'containers']) {
      const containers = document.getIn([...pod, list], true);
      if (!isSeq(containers)) throw unexpected(`a list of ${list}`);
      for (const container of containers.items) if (isMap(container)) ownImage(container, images);
    }
  }
  return documents.map((document) => document.toString({ lineWidth: 0, directives: false })).join('---\n');
};

const ownImage = (container: YAMLMap, images: FlannelImages): void => {
  const name = /\/([\w-]+):[^/]*$/.exec(String(container.get('image')))?.[1];
  const image = Object.entries(images).find(([published]) => published === name)?.[1];
  if (image === undefined) throw unexpected(`an image of a known name (${String(container.get('image'))})`);
  container.set('image', image);
  container.set('imagePullPolicy', 'Never');
};
