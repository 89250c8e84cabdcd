import type { Readable, Writable } from 'node:stream';

/** How a remote command ended. `lost`: the stream broke without a status, which says nothing about the command. */
export type ExecEnd =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'lost'; readonly cause: string };

/** A command that runs in a container, with its streams open. */
export interface ExecStream {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Settles once, never rejects. */
  readonly ended: Promise<ExecEnd>;
  /** Closes the socket. The remote command is not killed by that: it has to bound itself. */
  close(): void;
}

/** A finished command with what it printed. */
export interface ExecResult {
  readonly end: ExecEnd;
  readonly stdout: string;
  readonly stderr: string;
}
