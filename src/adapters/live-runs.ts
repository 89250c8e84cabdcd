import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processIdentity } from './process/process-identity.ts';
import type { StateFolder } from './state-folder.ts';

/** A run of a process of this machine that goes on. */
export interface LiveRun {
  readonly id: string;
  readonly pid: number;
}

/** Notes that a run of this process goes on, until it is disposed of: clean-up by others leaves it alone. */
export function announceRun({ runs }: Pick<StateFolder, 'runs'>, id: string): Disposable {
  const file = join(runs, id);
  mkdirSync(runs, { recursive: true });
  writeFileSync(file, processIdentity(process.pid));
  return { [Symbol.dispose]: () => rmSync(file, { force: true }) };
}

/** The runs that go on; notes of processes that were killed do not count, and go. */
export function liveRuns({ runs }: Pick<StateFolder, 'runs'>): readonly LiveRun[] {
  return idsIn(runs).flatMap((id) => {
    const noted = readFileSync(join(runs, id), 'utf8');
    const pid = Number(noted.split(' ')[0]);
    if (pid > 0 && processIdentity(pid) === noted) return [{ id, pid }];
    rmSync(join(runs, id), { force: true });
    return [];
  });
}

function idsIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
