import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A file of the repository; the path is relative to its root. */
export interface RepositoryFile {
  readonly path: string;
  readonly text: string;
}

/** The files that git tracks, those that are text, below `folder` where one is given. */
export function trackedFiles(folder = '.'): readonly RepositoryFile[] {
  const paths = execFileSync('git', ['ls-files', '-z', folder], { cwd: root, encoding: 'utf8' }).split('\0');
  return paths
    .filter((path) => path !== '')
    .map((path) => ({ path, text: readFileSync(`${root}${path}`, 'utf8') }))
    .filter(({ text }) => !text.includes('\0'));
}

/** Every match of a pattern as `path:line: match`, for a message that leads there. */
export function matchesIn(files: readonly RepositoryFile[], pattern: RegExp): readonly string[] {
  return files.flatMap(({ path, text }) =>
    text
      .split('\n')
      .flatMap((line, index) => [...line.matchAll(pattern)].map(([match]) => `${path}:${index + 1}: ${match}`)),
  );
}
