import type { ExecEnd } from '../../ports/exec.ts';

/** The parts of the `Status` object on the status channel that say how a command ended. */
interface ExecStatus {
  readonly status?: string;
  readonly message?: string;
  readonly reason?: string;
  readonly details?: { readonly causes?: readonly { readonly reason?: string; readonly message?: string }[] };
}

/**
 * Reads a message of the status channel. Success is exit code 0; a failure names its exit code as a cause with reason
 * `ExitCode`; without one the container runtime could not run the command, which says nothing about the network.
 */
export function readExecStatus(data: Buffer): ExecEnd {
  let status: ExecStatus;
  try {
    status = JSON.parse(data.toString('utf8'));
  } catch {
    return { kind: 'lost', cause: `unreadable status: ${data.toString('utf8').slice(0, 200)}` };
  }
  if (status.status === 'Success') return { kind: 'exited', code: 0 };
  const exit = status.details?.causes?.find(({ reason }) => reason === 'ExitCode')?.message;
  if (exit !== undefined && /^\d+$/.test(exit)) return { kind: 'exited', code: Number(exit) };
  return { kind: 'lost', cause: status.message ?? status.reason ?? 'the command failed without an exit code' };
}
