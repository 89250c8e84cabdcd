import { dirname } from 'node:path';
import type { Evidence, StepCase } from '../../ports/evidence.ts';
import { forgetOldRuns, makeStepFolder, writeBounded } from './evidence-folder.ts';
import type { EvidencePart, PartFindings } from './evidence-part.ts';
import { readmeOf } from './readme.ts';

/** All parts together may take so long, in ms. */
const LIMIT_MS = 20_000;
/** Steps of a run that get a folder: the first failures tell the story. */
const MOST_STEPS = 100;

/** What became of a part. */
export interface CollectedPart {
  readonly title: string;
  readonly files: readonly string[];
  readonly missing: readonly string[];
}

/** Where evidence goes and what it is made of. */
export interface FolderOptions {
  /** The run's folder. */
  readonly root: string;
  /** The folders beside it are netproof's own: old ones are removed. */
  readonly keepsRuns: boolean;
  readonly parts: readonly EvidencePart[];
}

/** Keeps evidence in a folder for each step, all parts collected at once. */
export function folderEvidence({ root, keepsRuns, parts }: FolderOptions): Evidence {
  let steps = 0;
  return {
    async collect(found, signal) {
      steps += 1;
      if (steps > MOST_STEPS) return undefined;
      if (steps === 1 && keepsRuns) await forgetOldRuns(dirname(root)).catch(() => {});
      const folder = await makeStepFolder(root, found.scenario.id, found.result.name).catch(() => undefined);
      if (folder === undefined) return undefined;
      const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
      const collected = await Promise.all(parts.map((part) => keep(part, found, folder, limit)));
      signal.throwIfAborted();
      await writeBounded(folder, 'README.md', readmeOf(found, collected)).catch(() => {});
      return folder;
    },
  };
}

async function keep(part: EvidencePart, found: StepCase, folder: string, limit: AbortSignal): Promise<CollectedPart> {
  const { title } = part;
  const { promise: late, reject } = Promise.withResolvers<never>();
  const expire = (): void => reject(new Error(`not collected within ${LIMIT_MS / 1000} s`));
  if (limit.aborted) expire();
  limit.addEventListener('abort', expire, { once: true });
  try {
    const { files, missing }: PartFindings = await Promise.race([part.collect(found, limit), late]);
    const written = await Promise.all(
      [...files].map(async ([file, text]) => ({ file, whole: await writeBounded(folder, file, text) })),
    );
    const cut = written.filter(({ whole }) => !whole).map(({ file }) => `${file}: its end, it was too large`);
    return { title, files: [...files.keys()], missing: [...missing, ...cut] };
  } catch (error) {
    return { title, files: [], missing: [`${title}: ${error instanceof Error ? error.message : String(error)}`] };
  }
}
