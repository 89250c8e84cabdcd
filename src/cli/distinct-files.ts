import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../core/diagnostics/errors.ts';

/** Files that a command reads and writes; outputs that were not asked for are undefined. */
export interface FilesOfCommand {
  readonly inputs: readonly string[];
  readonly outputs: readonly (string | undefined)[];
}

/**
 * Throws `UsageError`, before any work, where an output would overwrite an input or another output, by whatever path.
 * Devices and pipes such as `/dev/stdout` may be named several times.
 */
export function requireDistinct({ inputs, outputs }: FilesOfCommand): void {
  const taken = new Map(inputs.map((file) => [realPath(file), { file, input: true }]));
  for (const file of outputs) {
    if (file === undefined || isDevice(file)) continue;
    const other = taken.get(realPath(file));
    if (other !== undefined) throw collision(file, other);
    taken.set(realPath(file), { file, input: false });
  }
}

function collision(file: string, other: { readonly file: string; readonly input: boolean }): UsageError {
  const same = file === other.file ? file : `${file}, which is ${other.file},`;
  return other.input
    ? new UsageError({ code: 'output-is-input', message: `${same} would be overwritten: it is read`, hint: HINT })
    : new UsageError({ code: 'outputs-equal', message: `${same} would be written twice`, hint: HINT });
}

const HINT = 'name a file of its own for each report';

function isDevice(file: string): boolean {
  try {
    return !statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The absolute path without symbolic links, as far as it exists. */
function realPath(file: string): string {
  const path = resolve(file);
  try {
    return realpathSync(path);
  } catch {
    return dirname(path) === path ? path : join(realPath(dirname(path)), basename(path));
  }
}
