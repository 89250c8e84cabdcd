import { readFile } from 'node:fs/promises';
import { UsageError } from '../../core/diagnostics/errors.ts';
import type { RunResult } from '../../core/result/result.ts';
import { resultSchema } from '../../core/result/schema.ts';

/** Reads a stored `result.json`. Rejects with `UsageError` where there is none, or where the file is something else. */
export async function loadResult(file: string): Promise<RunResult> {
  const parsed = resultSchema.safeParse(parseJson(await readText(file), file));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.join('.')}`;
  throw new UsageError({
    code: 'result-invalid',
    message: `${file} is no result of netproof: ${issue?.message ?? 'not readable'}${where}`,
    hint: 'name a file that "netproof run --json FILE" has written',
  });
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new UsageError({
      code: 'result-unreadable',
      message: `cannot read ${file}: ${cause instanceof Error ? cause.message : String(cause)}`,
      hint: 'name a file that "netproof run --json FILE" has written',
      cause,
    });
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UsageError({
      code: 'result-invalid',
      message: `${file} is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`,
      hint: 'a run that was killed leaves no result: run it again',
      cause,
    });
  }
}
