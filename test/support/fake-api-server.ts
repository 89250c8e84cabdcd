import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { acceptExec, type FakeExec } from './fake-api-server-exec.ts';
import { createStore } from './fake-api-server-store.ts';

export type { FakeExec } from './fake-api-server-exec.ts';

/** A request as the server got it. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  /** The body, byte for byte. */
  readonly body: string;
  /** Number of the connection it came on: equal numbers share one. */
  readonly connection: number;
}

/** What a scripted request gets: an answer, a connection that breaks, or silence. */
export type Reply =
  | {
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Record<string, string>;
      readonly delayMs?: number;
    }
  | 'cut'
  | 'silence';

/** What an exec's handshake gets instead of a WebSocket. */
type Refusal = { readonly status: number; readonly body?: unknown } | 'silence';

/** An API server in this process that speaks enough to be applied to, listed, and exec'd into; tests script its moods. */
export interface FakeApiServer extends AsyncDisposable {
  readonly url: string;
  /** A kubeconfig file for it, with the context `fake`. */
  readonly kubeconfig: string;
  readonly requests: readonly SeenRequest[];
  /** The next requests of that method whose path contains the text get these replies, one each; after that as usual. */
  script(method: string, path: string, ...replies: readonly Reply[]): void;
  /** Puts an object into the store without a request. */
  put(object: object): void;
  /** Plays the container's part of every exec from now on. */
  onExec(play: (exec: FakeExec) => void): void;
  /** Refuses execs with this answer instead; undefined allows them again. */
  refuseExec(reply: Refusal | undefined): void;
  /** Breaks every connection and stops listening: what a dead API server looks like. */
  die(): Promise<void>;
  /** Listens again after `die`, at the same address and with the same objects. */
  revive(): Promise<void>;
}

/** A `Status` body as the API server words refusals. */
export const status = (code: number, reason: string, message: string) => ({
  kind: 'Status',
  apiVersion: 'v1',
  status: 'Failure',
  code,
  reason,
  message,
});

export async function startFakeApiServer(): Promise<FakeApiServer> {
  const requests: SeenRequest[] = [];
  const scripts: { method: string; path: string; replies: Reply[] }[] = [];
  const sockets = new Map<Socket, number>();
  const store = createStore();
  let connections = 0;
  let play: (exec: FakeExec) => void = (exec) => exec.exit(0);
  let execRefusal: Refusal | undefined;

  const server = createServer(async (request, response) => {
    const seen = await look(request, sockets.get(request.socket) ?? 0);
    requests.push(seen);
    const script = scripts.find(
      ({ method, path, replies }) => method === seen.method && seen.path.includes(path) && replies.length > 0,
    );
    send(script?.replies.shift() ?? store.answer(seen), request, response);
  });
  server.on('connection', (socket) => {
    sockets.set(socket, ++connections);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
  });
  server.on('upgrade', (request, socket: Socket) => {
    if (execRefusal === undefined) return acceptExec(request, socket, { connection: sockets.get(socket) ?? 0, play });
    if (execRefusal === 'silence') return;
    const body = typeof execRefusal.body === 'string' ? execRefusal.body : JSON.stringify(execRefusal.body ?? {});
    socket.end(
      `HTTP/1.1 ${execRefusal.status} Refused\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
    );
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const folder = mkdtempSync(join(tmpdir(), 'netproof-fake-api-'));
  const kubeconfig = join(folder, 'kubeconfig');
  writeFileSync(kubeconfig, kubeconfigFor(url));

  const die = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets.keys()) socket.destroy();
    await closed;
  };
  return {
    url,
    kubeconfig,
    requests,
    script: (method, path, ...replies) => void scripts.push({ method, path, replies: [...replies] }),
    put: store.put,
    onExec: (next) => {
      play = next;
    },
    refuseExec: (reply) => {
      execRefusal = reply;
    },
    die,
    revive: () => listen(port),
    [Symbol.asyncDispose]: async () => {
      if (server.listening) await die();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function look(request: IncomingMessage, connection: number): Promise<SeenRequest> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake');
  const { method = 'GET', headers } = request;
  return { method, path: pathname, query: searchParams, headers, body: await text(request), connection };
}

function send(reply: Reply, request: IncomingMessage, response: ServerResponse): void {
  if (reply === 'silence') return;
  if (reply === 'cut') {
    request.socket.destroy();
    return;
  }
  const body = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body ?? {});
  const answer = () =>
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers }).end(body);
  if (reply.delayMs === undefined) answer();
  else setTimeout(answer, reply.delayMs);
}

/** `skip`: the client refuses plain HTTP otherwise. JSON is YAML. */
function kubeconfigFor(server: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'fake',
    clusters: [{ name: 'fake', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'fake', user: { token: 'secret-token' } }],
    contexts: [{ name: 'fake', context: { cluster: 'fake', user: 'fake' } }],
  });
}
