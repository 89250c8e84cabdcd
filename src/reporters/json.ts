import type { RunResult } from '../core/result/result.ts';
import { writeWhole } from './write-file.ts';

/** Writes `result.json`, whole or not at all. Rejects with `UsageError` where it cannot be written. */
export async function writeJson(file: string, result: RunResult): Promise<void> {
  await writeWhole(file, `${JSON.stringify(result)}\n`);
}
