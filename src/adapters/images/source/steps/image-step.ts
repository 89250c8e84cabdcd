import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BuildContext, type BuildStep, runDocker } from './build-step.ts';
import { type RecipeInputs, recipeKey } from './recipe-key.ts';

/** A step whose result is an image in the container engine. */
export interface ImageStep extends BuildStep {
  /** Reference in the engine: `netproof/NAME:KEY`. */
  readonly image: string;
}

/** What an image is made of and how. */
export interface ImageRecipe {
  readonly name: string;
  readonly title: string;
  readonly inputs: RecipeInputs;
  readonly needs?: readonly BuildStep[];
  /** As of `BuildStep`. */
  readonly beside?: boolean;
  /** Makes the image under the given reference, as its very last act. */
  readonly make: (image: string) => Promise<void>;
}

/** An image named by its content. The engine gives it its name only when it is complete. */
export const imageStep = (context: BuildContext, recipe: ImageRecipe): ImageStep => {
  const needs = recipe.needs ?? [];
  const key = recipeKey({ name: recipe.name, inputs: recipe.inputs, needs: needs.map((step) => step.key) });
  const image = `netproof/${recipe.name}:${key}`;
  return {
    title: recipe.title,
    key,
    needs,
    beside: recipe.beside ?? false,
    image,
    isDone: () =>
      runDocker(context, 'docker-inspect', ['image', 'inspect', '--format', '{{.Id}}', image], { onLine() {} }).then(
        () => true,
        () => {
          context.signal.throwIfAborted();
          return false;
        },
      ),
    make: () => recipe.make(image),
  };
};

/** A file or folder for a Dockerfile's COPY: its name there and where it lies. */
interface ContextFile {
  readonly to: string;
  readonly from: string;
}

/** An image that `docker build` makes. */
export interface DockerfileRecipe {
  readonly name: string;
  readonly title: string;
  readonly needs: readonly BuildStep[];
  readonly dockerfile: string;
  /** Read when the image is made: what the needed steps have built. */
  readonly files: readonly ContextFile[];
  /** Further inputs of the key, for what neither the text nor the needed steps say. */
  readonly inputs?: RecipeInputs;
}

/** An image from a Dockerfile and files that other steps have made. */
export const dockerfileStep = (context: BuildContext, recipe: DockerfileRecipe): ImageStep =>
  imageStep(context, {
    name: recipe.name,
    title: recipe.title,
    needs: recipe.needs,
    inputs: [recipe.dockerfile, recipe.files.map((file) => file.to), recipe.inputs ?? ''],
    async make(image) {
      const folder = await mkdtemp(join(tmpdir(), 'netproof-image-'));
      try {
        await writeFile(join(folder, 'Dockerfile'), recipe.dockerfile);
        for (const file of recipe.files)
          await cp(file.from, join(folder, file.to), { recursive: true, verbatimSymlinks: true });
        await runDocker(context, `image-${recipe.name}`, ['build', '--tag', image, folder], { title: recipe.title });
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  });
