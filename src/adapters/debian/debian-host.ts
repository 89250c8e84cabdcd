import { readFile } from 'node:fs/promises';

/** What decides whether packages can be installed here. */
export interface DebianHost {
  /** Debian, or a distribution made from it. */
  readonly isDebian: boolean;
  readonly isRoot: boolean;
  /** Release name, e.g. `bookworm`; empty where there is none. */
  readonly codename: string;
}

/** Reads the fields of an os-release file (https://www.freedesktop.org/software/systemd/man/os-release.html). */
export const parseOsRelease = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text
      .split('\n')
      .map((line) => /^(\w+)=(["']?)(.*)\2$/.exec(line.trim()))
      .flatMap((match) => (match ? [[match[1] ?? '', match[3] ?? '']] : [])),
  );

/** What this machine is, from /etc/os-release and the user id. */
export const debianHost = async (osReleaseFile = '/etc/os-release'): Promise<DebianHost> => {
  const fields = parseOsRelease(await readFile(osReleaseFile, 'utf8').catch(() => ''));
  const family = `${fields.ID ?? ''} ${fields.ID_LIKE ?? ''}`.split(' ');
  return {
    isDebian: family.includes('debian'),
    isRoot: process.getuid?.() === 0,
    codename: fields.VERSION_CODENAME ?? '',
  };
};
