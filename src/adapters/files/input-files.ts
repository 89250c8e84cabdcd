import { readdirSync, readFileSync, type Stats, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { UsageError } from '../../core/diagnostics/errors.ts';
import { type DocumentKind, documentKind } from '../../formats/document-kind.ts';
import { readStandardInput } from './standard-input.ts';

/** A file of scenarios or manifests that was found or named. */
export interface InputFile {
  /** As messages show it: relative to the working folder where it lies in it. */
  readonly path: string;
  readonly text: string;
  /** What its text is. */
  readonly kind: DocumentKind;
  /** The user named this very file; others were found in a folder or by a pattern. */
  readonly named: boolean;
}

/** How the standard input is named on the command line. */
const STDIN = '-';

/**
 * The file at a path (`-`: the standard input), or all files below it where it is a folder; undefined where nothing is there. Throws `UsageError`
 * for what cannot be read.
 */
export function inputFilesAt(path: string): readonly InputFile[] | undefined {
  if (path === STDIN) return [standardInput()];
  const stats = statsOf(path);
  if (stats === undefined) return undefined;
  return stats.isDirectory() ? inputFilesBelow(path) : [readInputFile(path, true)];
}

/** The YAML and JSON files below a folder, ordered by path. Throws `UsageError` for what cannot be read. */
export function inputFilesBelow(folder: string): readonly InputFile[] {
  const names = attempt(folder, () => readdirSync(folder, { recursive: true, encoding: 'utf8' }));
  return inputFilesAmong(names.sort().map((name) => join(folder, name)));
}

/**
 * The files among paths that are input by their names: YAML and JSON, without those that hold parts of scenarios
 * (`*.pods.yaml`) or known findings, unless these are manifests. Throws `UsageError` for what cannot be read.
 */
export function inputFilesAmong(paths: readonly string[]): readonly InputFile[] {
  return paths
    .filter((path) => /\.(?:ya?ml|json)$/.test(path) && statsOf(path)?.isDirectory() !== true)
    .map((path) => readInputFile(path, false))
    .filter(({ path, kind }) => kind === 'manifest' || !/(?:\.pods|(?:^|\/)known)\.ya?ml$/.test(path));
}

function standardInput(): InputFile {
  const text = attempt('the standard input', () => readStandardInput());
  return { path: '<stdin>', text, kind: documentKind(text), named: true };
}

function readInputFile(path: string, named: boolean): InputFile {
  const text = attempt(path, () => readFileSync(path, 'utf8'));
  const below = relative('.', resolve(path));
  return { path: isOutside(below) ? resolve(path) : below, text, kind: documentKind(text), named };
}

function statsOf(path: string): Stats | undefined {
  return attempt(path, () => statSync(path, { throwIfNoEntry: false }));
}

function attempt<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    const message = `cannot read ${path}: ${cause instanceof Error ? cause.message : String(cause)}`;
    throw new UsageError({ code: 'file-unreadable', message, cause });
  }
}

/** Whether a relative path leads out of the folder that it is relative to. */
export function isOutside(path: string): boolean {
  return path.startsWith('..') || isAbsolute(path);
}
