import { readFileSync } from 'node:fs';

/** Process id and, where the system tells it, the start time, since ids are used again; empty for a process that is gone. */
export function processIdentity(pid: number): string {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return '';
  }
  return `${pid} ${startOf(pid)}`;
}

/** Field 22 of proc_pid_stat(5); the command in field 2 may hold spaces, so it is counted from its closing parenthesis. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
