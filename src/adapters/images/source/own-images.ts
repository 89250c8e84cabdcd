import { type Document, isMap, isSeq, type YAMLMap } from 'yaml';
import { ClusterError } from '../../../core/diagnostics/errors.ts';

/** Makes the error `recipe-mismatch`: the manifest has not what the recipe edits. */
export type Mismatch = (what: string) => ClusterError;

/** Tells the image that was built here in place of a published one, by what a manifest calls that. */
export type ImageOf = (published: string) => string;

/** Path of the pod in a workload of a manifest (API: `DaemonSet.spec.template.spec`). */
export const podPath: readonly string[] = ['spec', 'template', 'spec'];

/** The mismatch of a plugin's recipe. */
export const mismatchOf =
  (plugin: string): Mismatch =>
  (what) =>
    new ClusterError({
      code: 'recipe-mismatch',
      message: `${plugin}'s manifest has not ${what}, which this recipe edits`,
    });

/** Finds images by the last part of their published names. The result throws the mismatch for an image of another name. */
export const imageByName =
  (images: Readonly<Record<string, string>>, mismatch: Mismatch): ImageOf =>
  (published) => {
    const name = /\/([\w-]+):[^/]*$/.exec(published)?.[1];
    const image = Object.entries(images).find(([known]) => known === name)?.[1];
    if (image === undefined) throw mismatch(`an image of a known name (${published})`);
    return image;
  };

/** Gives a container the image built here: its own name, never pulled. Throws what `imageOf` does. */
export const ownImage = (container: YAMLMap, imageOf: ImageOf): void => {
  container.set('image', imageOf(String(container.get('image'))));
  container.set('imagePullPolicy', 'Never');
};

/** Gives all containers of a workload the images built here. Throws the mismatch where it lacks a list of containers. */
export const ownImages = (workload: Document, imageOf: ImageOf, mismatch: Mismatch): void => {
  for (const list of ['initContainers', 'containers']) {
    const containers = workload.getIn([...podPath, list], true);
    if (!isSeq(containers)) throw mismatch(`a list of ${list}`);
    for (const container of containers.items) if (isMap(container)) ownImage(container, imageOf);
  }
};
