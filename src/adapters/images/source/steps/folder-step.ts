import { access, mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkContext } from '../../../debian/install-packages.ts';
import { isAlive } from '../../../process/is-alive.ts';
import { removeTree } from '../../../process/remove-tree.ts';
import type { BuildStep } from './build-step.ts';
import { type RecipeInputs, recipeKey } from './recipe-key.ts';

/** A step whose result is a folder of files. */
export interface FolderStep extends BuildStep {
  /** Where the result is, once it is done. */
  readonly folder: string;
}

/** What a folder is made of and how. */
export interface FolderRecipe {
  /** File name of the result, before its key. */
  readonly name: string;
  readonly title: string;
  readonly inputs: RecipeInputs;
  readonly needs?: readonly BuildStep[];
  /** As of `BuildStep`. */
  readonly beside?: boolean;
  /** Fills an empty folder. It gets its final name when this has resolved. */
  readonly make: (folder: string) => Promise<void>;
}

/** Removes half-made folders whose makers are gone. */
const removeAbandoned = async (parent: string): Promise<void> => {
  for (const name of await readdir(parent)) {
    const pid = /^\.partial-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) {
      await removeTree(join(parent, name));
    }
  }
};

/** A folder in the state folder's `build`, named by content: made under another name, renamed when complete. */
export const folderStep = (context: WorkContext, recipe: FolderRecipe): FolderStep => {
  const needs = recipe.needs ?? [];
  const key = recipeKey({ name: recipe.name, inputs: recipe.inputs, needs: needs.map((step) => step.key) });
  const parent = context.state.build;
  const folder = join(parent, `${recipe.name}-${key}`);
  const isDone = (): Promise<boolean> =>
    access(folder).then(
      () => true,
      () => false,
    );
  return {
    title: recipe.title,
    key,
    needs,
    beside: recipe.beside ?? false,
    folder,
    isDone,
    async make() {
      await mkdir(parent, { recursive: true });
      await removeAbandoned(parent);
      const partial = join(parent, `.partial-${process.pid}-${recipe.name}-${key}`);
      // Of an earlier process of the same number.
      await removeTree(partial);
      await mkdir(partial);
      await recipe.make(partial);
      await rename(partial, folder).catch(async (error: unknown) => {
        // Another process was faster: its result is as good.
        await removeTree(partial);
        if (!(await isDone())) throw error;
      });
    },
  };
};
