import { existsSync } from 'node:fs';
import { scenarioIds } from '../../formats/scenario.ts';
import type { InputFile } from './input-files.ts';
import { findFiles, scenarioId, scenariosBelow } from './yaml-files.ts';

/** Files of which a name means some of the cases, and how these are told by their ids. */
export interface NamedCases {
  readonly files: readonly InputFile[];
  readonly isMeant: (id: string) => boolean;
}

/**
 * The files that have a case which `name` stands for: `FILE/CASE`, where the file is named as `findFiles` has it,
 * or `CASE` alone, which is looked for in all of `root`. In the case's name `*` stands for any text.
 * The name of a file or folder that exists stands for no case.
 */
export function casesNamed(name: string, root: string): NamedCases {
  const [, file, wanted = ''] = /^(?:(.+)\/)?([^/]+)$/.exec(name) ?? [];
  const parts = wanted.split('*').map((part) => part.replaceAll(/[^\w-]/g, '\\$&'));
  const pattern = new RegExp(`/${parts.join('[^/]*')}$`);
  const isMeant = (id: string) => pattern.test(id);
  if (existsSync(name)) return { files: [], isMeant };
  const files = file === undefined ? scenariosBelow(root) : findFiles(file, root);
  return { files: files.filter((each) => HAS_CASES.test(each.text) && idsIn(each, root).some(isMeant)), isMeant };
}

/** The ids of all scenarios below `root`, right or wrong. */
export function idsBelow(root: string): readonly string[] {
  return scenariosBelow(root).flatMap((file) => idsIn(file, root));
}

const HAS_CASES = /^cases:/m;

function idsIn({ path, text }: InputFile, root: string): readonly string[] {
  const id = scenarioId(path, root);
  return HAS_CASES.test(text) ? scenarioIds({ text, file: path, id }) : [id];
}
