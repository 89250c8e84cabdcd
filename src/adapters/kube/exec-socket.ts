import { PassThrough } from 'node:stream';
import type { KubeConfig } from '@kubernetes/client-node';
import type { PodRef } from '../../ports/cluster.ts';

/** What netproof uses of a WebSocket, as the client hands it out. */
export interface ExecSocket {
  readonly readyState: number;
  /** The subprotocol that the server chose. */
  readonly protocol: string;
  send(data: Uint8Array, done: (error?: Error | null) => void): void;
  ping(): void;
  pause(): void;
  resume(): void;
  close(): void;
  terminate(): void;
  on(event: 'pong', listener: () => void): void;
  once(event: 'close', listener: (code: number) => void): void;
}

/** Channels of `*.channel.k8s.io`: the first byte of each message. */
export const channel = { stdin: 0, stdout: 1, stderr: 2, status: 3, close: 255 } as const;

/** Path of the exec subresource for a command with its three streams. */
export function execPath({ namespace, name, container }: PodRef, command: readonly string[]): string {
  const query = new URLSearchParams({ stdin: 'true', stdout: 'true', stderr: 'true', tty: 'false' });
  if (container !== undefined) query.set('container', container);
  for (const word of command) query.append('command', word);
  const pod = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}`;
  return `${pod}/exec?${query}`;
}

/**
 * Opens an exec socket with the client's own connection code, which offers `v5.channel.k8s.io` first. `frame` gets every
 * message from the first on. Rejects with an `Error` when the handshake fails or `opening` aborts.
 */
export async function openExecSocket(
  kube: KubeConfig,
  path: string,
  settings: { readonly opening: AbortSignal; readonly frame: (channel: number, data: Buffer) => void },
): Promise<ExecSocket> {
  const { Exec } = await import('@kubernetes/client-node');
  const bounded: KubeConfig = Object.create(kube, {
    applyToHTTPSOptions: {
      value: async (options: Parameters<KubeConfig['applyToHTTPSOptions']>[0]) => {
        await kube.applyToHTTPSOptions(options);
        Object.assign(options, { signal: settings.opening });
      },
    },
  });
  const { handler } = new Exec(bounded);
  // Unless told otherwise, the client ends the process's own streams when the server closes one.
  Object.assign(handler, {
    streams: { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() },
  });
  try {
    const socket: unknown = await handler.connect(path, null, (number, data) => {
      settings.frame(number, data);
      return true;
    });
    return socket as ExecSocket;
  } catch (event) {
    throw event instanceof Error ? event : wrapped(event);
  }
}

/** A failed handshake rejects with an `ErrorEvent`, which is no `Error`. */
function wrapped(event: unknown): Error {
  const { message, error } = event as { readonly message?: string; readonly error?: unknown };
  return new Error(message || 'the WebSocket handshake failed', { cause: error ?? event });
}
