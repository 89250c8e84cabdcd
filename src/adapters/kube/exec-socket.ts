import type { EventEmitter } from 'node:events';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
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

/** The server answered the handshake with something else than a WebSocket. */
export class RefusedHandshake extends Error {
  readonly status: number;
  readonly body: string;

  constructor(status: number, body: string) {
    super(`the server refused the WebSocket with status ${status}`);
    this.name = 'RefusedHandshake';
    this.status = status;
    this.body = body;
  }
}

/**
 * Opens an exec socket with the client's own connection code, which offers `v5.channel.k8s.io` first. `frame` gets every
 * message from the first on. Rejects with `RefusedHandshake`, or another `Error` when there is no connection or `opening`
 * aborts.
 */
export async function openExecSocket(
  kube: KubeConfig,
  path: string,
  settings: { readonly opening: AbortSignal; readonly frame: (channel: number, data: Buffer) => void },
): Promise<ExecSocket> {
  const { Exec } = await import('@kubernetes/client-node');
  const { promise: refused, reject } = Promise.withResolvers<never>();
  const options = { signal: settings.opening, finishRequest: sendAndHear(reject) };
  const bounded: KubeConfig = Object.create(kube, { applyToHTTPSOptions: { value: withOptions(kube, options) } });
  const { handler } = new Exec(bounded);
  // Unless told otherwise, the client ends the process's own streams when the server closes one.
  Object.assign(handler, {
    streams: { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() },
  });
  const connected = handler.connect(path, null, (number, data) => {
    settings.frame(number, data);
    return true;
  });
  try {
    const socket: unknown = await Promise.race([connected, refused]);
    return socket as ExecSocket;
  } catch (event) {
    throw event instanceof Error ? event : wrapped(event);
  }
}

function withOptions(kube: KubeConfig, more: object): KubeConfig['applyToHTTPSOptions'] {
  return async (options) => {
    await kube.applyToHTTPSOptions(options);
    Object.assign(options, more);
  };
}

/** Sends the handshake; when the server refuses it, hears what it has to say, which is lost otherwise. */
function sendAndHear(refuse: (error: Error) => void): (request: ClientRequest, socket: EventEmitter) => void {
  return (request, socket) => {
    socket.once('unexpected-response', (_: ClientRequest, response: IncomingMessage) => {
      const status = response.statusCode ?? 0;
      text(response).then(
        (body) => refuse(new RefusedHandshake(status, body)),
        () => refuse(new RefusedHandshake(status, '')),
      );
    });
    request.end();
  };
}

/** A failed handshake rejects with an `ErrorEvent`, which is no `Error`. */
function wrapped(event: unknown): Error {
  const { message, error } = event as { readonly message?: string; readonly error?: unknown };
  return new Error(message || 'the WebSocket handshake failed', { cause: error ?? event });
}
