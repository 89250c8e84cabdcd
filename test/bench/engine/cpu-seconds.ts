import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second in /proc (`getconf CLK_TCK`, 100 on every Linux of today). */
const TICKS = 100;

/** Whose CPU time is measured, by a part of the command line. */
const PROGRAMS = {
  agents: '/netproof/agent.mts\0serve',
  relays: '/netproof/agent.mts\0attach',
  api_server: 'kube-apiserver\0',
  plugin: 'calico-node\0',
} as const;

/** CPU seconds of each program's processes so far, by process; empty on machines that do not run the cluster's nodes. */
export type CpuSnapshot = Readonly<Record<keyof typeof PROGRAMS, ReadonlyMap<string, number>>>;

/** Reads what the processes of this machine, containers included, have used (proc(5)). */
export function cpuSnapshot(): CpuSnapshot {
  const used = { agents: new Map(), relays: new Map(), api_server: new Map(), plugin: new Map() };
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const commandLine = read(`/proc/${pid}/cmdline`);
    for (const [program, part] of Object.entries(PROGRAMS)) {
      if (commandLine.includes(part)) used[program as keyof typeof PROGRAMS].set(pid, secondsOf(pid));
    }
  }
  return used;
}

/** Seconds that each program used between two snapshots; processes that ended in between are not counted. */
export function cpuBetween(before: CpuSnapshot, after: CpuSnapshot): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(after).map(([program, processes]) => {
      const earlier = before[program as keyof CpuSnapshot];
      return [program, [...processes].reduce((sum, [pid, seconds]) => sum + seconds - (earlier.get(pid) ?? 0), 0)];
    }),
  );
}

function secondsOf(pid: string): number {
  const fields = read(`/proc/${pid}/stat`).split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / TICKS;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // The process ended between listing and reading.
    return '';
  }
}
