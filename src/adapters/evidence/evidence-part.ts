import type { StepCase } from '../../ports/evidence.ts';

/** Files of a part by their name, and in sentences what could not be had. */
export interface PartFindings {
  readonly files: ReadonlyMap<string, string>;
  readonly missing: readonly string[];
}

/** One kind of evidence. */
export interface EvidencePart {
  /** What it is, in a few words. */
  readonly title: string;
  /** Rejects when nothing of it could be had. */
  collect(found: StepCase, signal: AbortSignal): Promise<PartFindings>;
}

/** Waits for pieces of a part, each a file: those that fail are missing, with the reason. */
export async function piecesOf(
  pieces: readonly { readonly file: string; readonly text: () => Promise<string> }[],
): Promise<PartFindings> {
  const settled = await Promise.allSettled(pieces.map(async ({ text }) => await text()));
  const files = new Map<string, string>();
  const missing: string[] = [];
  for (const [index, { file }] of pieces.entries()) {
    const outcome = settled[index];
    if (outcome?.status === 'fulfilled') files.set(file, outcome.value);
    else
      missing.push(`${file}: ${outcome?.reason instanceof Error ? outcome.reason.message : String(outcome?.reason)}`);
  }
  return { files, missing };
}
