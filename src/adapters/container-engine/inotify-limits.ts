import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Progress } from '../../ports/progress.ts';

/** What kind asks for (https://kind.sigs.k8s.io/docs/user/known-issues/#pod-errors-due-to-too-many-open-files). */
const wanted = { max_user_instances: 512, max_user_watches: 524_288 } as const;

/** Raises the inotify limits that are lower than a cluster needs, until the next boot, and says so. Needs root. */
export const raiseInotifyLimits = async (progress: Progress, folder = '/proc/sys/fs/inotify'): Promise<void> => {
  for (const [name, value] of Object.entries(wanted)) {
    const file = join(folder, name);
    const current = Number(await readFile(file, 'utf8').catch(() => value));
    if (current >= value) continue;
    await writeFile(file, String(value)).then(
      () => progress.note(`raised fs.inotify.${name} from ${current} to ${value} until the next boot`),
      () => progress.note(`fs.inotify.${name} is ${current}; pods may fail with "too many open files" below ${value}`),
    );
  }
};
