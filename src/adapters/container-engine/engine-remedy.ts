import { readFile } from 'node:fs/promises';
import { debianHost, parseOsRelease } from '../debian/debian-host.ts';

/** What a machine without an answering engine needs. */
export interface EngineRemedy {
  /** netproof mends it itself: Debian, as root. */
  readonly automatic: boolean;
  /** The command that mends it, with how to go on. */
  readonly hint: string;
}

const byDistribution: Readonly<Record<string, string>> = {
  debian: 'sudo apt-get install -y docker.io && sudo usermod -aG docker "$USER"',
  fedora: 'sudo dnf install -y moby-engine && sudo systemctl start docker && sudo usermod -aG docker "$USER"',
  arch: 'sudo pacman -S docker && sudo systemctl start docker && sudo usermod -aG docker "$USER"',
  alpine: 'doas apk add docker && doas rc-service docker start',
};

/** Decides from what the client said (`undefined`: no client) and from the operating system. */
export const engineRemedy = async (reason: string | undefined): Promise<EngineRemedy> => {
  if (process.platform === 'darwin') {
    const install = reason === undefined ? 'brew install colima docker && colima start' : 'open -a Docker';
    return { automatic: false, hint: `Run: ${install}` };
  }
  if (process.platform !== 'linux') return { automatic: false, hint: 'Install and start Docker Desktop.' };
  const host = await debianHost();
  if (host.isDebian && host.isRoot) return { automatic: true, hint: 'Run: netproof up (installs and starts its own)' };
  if (reason?.includes('permission denied')) {
    return { automatic: false, hint: 'Run: sudo usermod -aG docker "$USER", and log in again.' };
  }
  if (reason !== undefined) return { automatic: false, hint: 'Run: sudo systemctl start docker' };
  const fields = parseOsRelease(await readFile('/etc/os-release', 'utf8').catch(() => ''));
  const family = `${fields.ID ?? ''} ${fields.ID_LIKE ?? ''}`.split(' ');
  const command = family.map((name) => byDistribution[name]).find((text) => text !== undefined);
  return {
    automatic: false,
    hint: command === undefined ? 'Install Docker: https://docs.docker.com/engine/install/' : `Run: ${command}`,
  };
};
