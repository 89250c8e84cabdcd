import { readFile, rename, rm, writeFile } from 'node:fs/promises';

const mark = '# Made by netproof';

/** Forbids starting services while the process `pid` lives; after it was killed, the machine's own policy holds again. */
const policy = (pid: number, kept: string): string => `#!/bin/sh
${mark} for the time of one installation.
kill -0 ${pid} 2>/dev/null && exit 101
[ -x '${kept}' ] && exec '${kept}' "$@"
exit 0
`;

/**
 * Runs `work` while Debian's packages may not start services: invoke-rc.d asks policy-rc.d first, 101 means "forbidden"
 * (https://people.debian.org/~hmh/invokerc.d-policyrc.d-specification.txt). The machine's own policy is put back.
 */
export const withoutServices = async <T>(work: () => Promise<T>, file = '/usr/sbin/policy-rc.d'): Promise<T> => {
  const kept = `${file}.netproof-kept`;
  const present = await readFile(file, 'utf8').catch(() => undefined);
  if (present !== undefined && !present.includes(mark)) await rename(file, kept);
  await writeFile(file, policy(process.pid, kept), { mode: 0o755 });
  try {
    return await work();
  } finally {
    await rename(kept, file).catch(() => rm(file, { force: true }));
  }
};
