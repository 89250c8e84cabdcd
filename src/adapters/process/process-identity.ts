import { readFileSync } from 'node:fs';
import { isAlive } from './is-alive.ts';

/** Process id and, where the system tells it, the start time, since ids are used again; empty for a process that is gone. */
export function processIdentity(pid: number): string {
  return isAlive(pid) ? `${pid} ${startOf(pid)}` : '';
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
