import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { loadEndpoint } from '../../../src/adapters/kube/endpoint.ts';
import type { ReadyCluster } from '../../../src/ports/cluster-provider.ts';

/** A call as it came to the proxy; `path` without the query. */
export interface ApiCall {
  readonly method: string;
  readonly path: string;
}

/** What the proxy does besides passing on. */
export interface Meddling {
  /** Hears of every call before it is passed on, with those before it. */
  readonly onCall?: (call: ApiCall, earlier: readonly ApiCall[]) => void;
  /** Calls that are answered with success and never reach the cluster. */
  readonly swallow?: (call: ApiCall) => boolean;
}

/** Stands between netproof and a real API server. */
export interface ApiProxy extends AsyncDisposable {
  /** A kubeconfig for it; its only context is the current one. */
  readonly kubeconfig: string;
  readonly url: string;
  readonly calls: readonly ApiCall[];
  /** Breaks every connection and refuses new ones. */
  leave(): Promise<void>;
  /** Listens again, at the same address. */
  comeBack(): Promise<void>;
}

/** Listens on the loopback address without TLS and passes on, WebSockets too, with the credentials of the kubeconfig. */
export async function startApiProxy(
  ready: ReadyCluster,
  { onCall = () => {}, swallow = () => false }: Meddling = {},
): Promise<ApiProxy> {
  const { kube, server: origin } = await loadEndpoint(ready);
  const credentials: RequestOptions = {};
  await kube.applyToHTTPSOptions(credentials);
  const calls: ApiCall[] = [];
  const sockets = new Set<Socket>();

  const heard = (request: IncomingMessage): ApiCall => {
    const call = { method: request.method ?? 'GET', path: (request.url ?? '/').replace(/\?.*/, '') };
    onCall(call, calls);
    calls.push(call);
    return call;
  };
  const passedOn = (request: IncomingMessage) =>
    httpsRequest(new URL(request.url ?? '/', origin), {
      ...credentials,
      method: request.method ?? 'GET',
      headers: { ...request.headers, host: origin.host },
    });

  const server = createServer((request, response) => {
    if (swallow(heard(request))) return void swallowed(request, response);
    // A call that the client gave up goes on: an API server that took it carries it out.
    const onward = passedOn(request);
    onward.on('error', () => response.destroy());
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (request, client: Socket, head: Buffer) => {
    heard(request);
    const onward = passedOn(request);
    const answered = (answer: IncomingMessage): void => {
      client.write(`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\n${rawHeaders(answer)}\r\n`);
    };
    onward.on('error', () => client.destroy());
    onward.on('response', (answer) => {
      answered(answer);
      answer.pipe(client);
    });
    onward.on('upgrade', (answer, upstream, rest) => {
      answered(answer);
      client.write(rest);
      upstream.write(head);
      upstream.on('error', () => client.destroy());
      client.on('close', () => upstream.destroy());
      upstream.pipe(client).pipe(upstream);
    });
    onward.end();
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const leave = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await closed;
  };

  const folder = mkdtempSync(join(tmpdir(), 'netproof-api-proxy-'));
  const kubeconfig = join(folder, 'kubeconfig');
  const url = `http://127.0.0.1:${port}`;
  writeFileSync(kubeconfig, kubeconfigFor(url));
  return {
    kubeconfig,
    url,
    calls,
    leave,
    comeBack: () => listen(port),
    [Symbol.asyncDispose]: async () => {
      if (server.listening) await leave();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Answers an apply with the object that was sent, as if it were stored. */
async function swallowed(request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json' }).end(await text(request));
}

function rawHeaders({ rawHeaders: raw }: IncomingMessage): string {
  return raw.map((word, index) => (index % 2 === 0 ? `${word}: ` : `${word}\r\n`)).join('');
}

/** A kubeconfig for a server without credentials. */
export function kubeconfigFor(server: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'proxied', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'nobody', user: {} }],
    contexts: [{ name: 'proxied', context: { cluster: 'proxied', user: 'nobody' } }],
    'current-context': 'proxied',
  });
}
