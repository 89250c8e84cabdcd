import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ClusterError } from '../../../core/diagnostics/errors.ts';

/** A file that a plugin's makers publish. */
export interface Published {
  readonly url: string;
  /** Where it is kept. */
  readonly file: string;
  /** Hexadecimal; absent: nobody has told. */
  readonly sha256?: string;
}

/** How it is fetched; tests give another `fetch`. */
export interface FetchOptions {
  readonly signal: AbortSignal;
  readonly limitMs: number;
  readonly fetch?: typeof globalThis.fetch;
}

/**
 * A published file. What a version once had it keeps, so a fetched file is kept too, once `check` has taken it. Rejects
 * with `ClusterError`: `manifest-missing` (no such version), `manifest-unreachable`, `manifest-checksum`.
 * @param check throws where the bytes are not what they should be
 */
export async function fetchPublished(
  { url, file, sha256 }: Published,
  options: FetchOptions,
  check: (bytes: Buffer) => void = () => {},
): Promise<Buffer> {
  const kept = await readFile(file).catch(() => undefined);
  if (kept !== undefined && (sha256 === undefined || sha256Of(kept) === sha256)) return kept;
  const bytes = await download(url, options);
  if (sha256 !== undefined && sha256Of(bytes) !== sha256) {
    throw new ClusterError({
      code: 'manifest-checksum',
      message: `${url} is not what it was: expected SHA-256 ${sha256}, found ${sha256Of(bytes)}`,
      hint: 'Somebody changed a published release, or a proxy answers in its place: compare both before you trust it.',
    });
  }
  check(bytes);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.part`, bytes);
  await rename(`${file}.part`, file);
  return bytes;
}

const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

async function download(url: string, options: FetchOptions): Promise<Buffer> {
  const { signal, limitMs, fetch = globalThis.fetch } = options;
  const answer = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(limitMs)]) }).catch(
    (cause: unknown) => {
      signal.throwIfAborted();
      throw new ClusterError({
        code: 'manifest-unreachable',
        message: `cannot fetch ${url}: ${cause instanceof Error ? cause.message : String(cause)}`,
        hint: 'Check the network (behind a proxy set NODE_USE_ENV_PROXY=1), or build here: --images source.',
        cause,
      });
    },
  );
  if (answer.ok) return Buffer.from(await answer.arrayBuffer());
  throw new ClusterError({
    code: answer.status === 404 ? 'manifest-missing' : 'manifest-unreachable',
    message: `cannot fetch ${url}: HTTP status ${answer.status}`,
    hint: answer.status === 404 ? 'Does that version exist?' : 'Try again, or build here: --images source.',
  });
}
