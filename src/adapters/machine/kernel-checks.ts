import { missingCapabilities } from '../container-engine/capabilities.ts';
import type { Check } from './check.ts';

/** Texts of the kernel's files that the checks read; empty where a file is missing. */
export interface KernelFiles {
  /** /proc/self/mounts */
  readonly mounts: string;
  /** /proc/self/status */
  readonly status: string;
  /** /proc/sys/kernel/cap_last_cap */
  readonly lastCapability: string;
  /** /proc/net/protocols */
  readonly protocols: string;
  /** modules.dep and modules.builtin of the running kernel, one after the other */
  readonly modules: string;
  /** /proc/sys/fs/inotify/max_user_instances */
  readonly inotifyInstances: string;
}

const inotifyWanted = 512;

/** Judges what the kernel offers to nodes and plugins. Linux only. */
export function kernelChecks(files: KernelFiles): readonly Check[] {
  return [cgroupCheck(files), capabilityCheck(files), sctpCheck(files), inotifyCheck(files)];
}

/** Where the controllers are decides: a machine may have cgroup v2 mounted without any. */
function cgroupCheck({ mounts }: KernelFiles): Check {
  const types = mounts.split('\n').map((line) => line.split(' ').slice(1, 3));
  const found = (type: string, at?: string): boolean =>
    types.some(([folder, kind]) => kind === type && (at === undefined || folder === at));
  if (found('cgroup2', '/sys/fs/cgroup')) return { name: 'cgroups', level: 'ok', found: 'version 2' };
  if (found('cgroup')) {
    return { name: 'cgroups', level: 'ok', found: 'version 1 (kind-config.yaml tells the kubelet to accept it)' };
  }
  return { name: 'cgroups', level: 'lack', found: 'not mounted', remedy: 'mount -t cgroup2 none /sys/fs/cgroup' };
}

function capabilityCheck({ status, lastCapability }: KernelFiles): Check {
  const missing = missingCapabilities(status, lastCapability);
  if (missing.length === 0) return { name: 'capabilities', level: 'ok', found: 'all of the kernel' };
  return {
    name: 'capabilities',
    level: 'ok',
    found: `all but ${missing.join(', ')} (netproof's own engine works without; another one may not start privileged containers)`,
  };
}

function sctpCheck({ protocols, modules }: KernelFiles): Check {
  if (/^SCTP/m.test(protocols) || /\/sctp\.ko/.test(modules))
    return { name: 'sctp', level: 'ok', found: 'the kernel has it' };
  return {
    name: 'sctp',
    level: 'warn',
    found: 'the kernel lacks it: SCTP cells are skipped',
    remedy: 'modprobe sctp, or a kernel that has it',
  };
}

function inotifyCheck({ inotifyInstances }: KernelFiles): Check {
  const limit = Number(inotifyInstances.trim() || Number.NaN);
  if (Number.isNaN(limit)) return { name: 'inotify', level: 'ok', found: 'no limit to be read' };
  const found = `${limit} instances a user`;
  if (limit >= inotifyWanted) return { name: 'inotify', level: 'ok', found };
  return {
    name: 'inotify',
    level: 'warn',
    found,
    remedy: `sudo sysctl fs.inotify.max_user_instances=${inotifyWanted}`,
  };
}
