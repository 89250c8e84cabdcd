import type { FolderStep } from '../steps/folder-step.ts';
import { type GoBinaries, type GoContext, goModuleStep, moduleBinaries } from './go-binaries.ts';
import { type GoModule, goModText, moduleGoMod } from './go-module.ts';

/** Programs of one published module, built with the Go settings of its own go.mod. */
export const publishedBinaries = (context: GoContext, module: GoModule, recipe: GoBinaries): FolderStep =>
  moduleBinaries(
    context,
    goModuleStep(context, {
      name: recipe.name,
      version: `${module.path}@${module.version}`,
      packages: Object.values(recipe.programs),
      goMod: async () => goModText({ ...(await moduleGoMod(context, module)), require: module, replaces: [] }),
    }),
    recipe,
  );
