import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest, type RequestOptions } from 'node:https';
import { text } from 'node:stream/consumers';
import { TLSSocket } from 'node:tls';
import type { Clock } from '../../ports/clock.ts';
import { noCredentials } from './api-errors.ts';
import type { Endpoint } from './endpoint.ts';

/** One HTTP request to the API server. The body is sent as it is. */
export interface ApiRequest {
  readonly method: 'GET' | 'PATCH' | 'DELETE' | 'POST';
  /** Path and query below the server's URL, e.g. `/api/v1/pods?limit=1`. */
  readonly path: string;
  readonly contentType?: string;
  readonly body?: string;
}

/** What came back, whatever the status. */
export interface ApiResponse {
  readonly status: number;
  /** Of a `Retry-After` header in seconds; undefined without one. */
  readonly retryAfterMs: number | undefined;
  readonly body: string;
  /** Clock time when the connection was ready and the request went out. */
  readonly sentMs: number;
  /** Clock time when the answer's head came. */
  readonly answeredMs: number;
}

/** The connection failed. With `sentMs` the request went out before that and may have taken effect. */
export class TransportError extends Error {
  readonly sentMs: number | undefined;

  constructor(cause: Error, sentMs: number | undefined) {
    super(cause.message || String((cause as NodeJS.ErrnoException).code ?? cause.name), { cause });
    this.name = 'TransportError';
    this.sentMs = sentMs;
  }
}

/** Sends single requests over kept-alive connections, authenticated as the kubeconfig says, TLS verified. */
export interface Transport {
  /** Rejects with `TransportError`, whose cause is the signal's reason when that aborted; with `ClusterError` without credentials. */
  send(request: ApiRequest, signal: AbortSignal): Promise<ApiResponse>;
}

/** Idle connections are closed by us before a Go server does it (90 s), so none dies under a request. */
const idleMs = 60_000;

/** Sends requests to the API server of an endpoint over kept connections. */
export function createTransport(endpoint: Endpoint, clock: Clock): Transport {
  const { kube, server } = endpoint;
  const pooled = createPool();
  const send: Transport['send'] = async ({ method, path, contentType, body }, signal) => {
    const options: RequestOptions = { method, signal, headers: {} };
    await kube.applyToHTTPSOptions(options).catch((cause: unknown) => {
      throw noCredentials(endpoint, cause);
    });
    options.agent = pooled(options.agent);
    const headers: Record<string, string | number> = { accept: 'application/json', 'user-agent': 'netproof' };
    if (body !== undefined) headers['content-length'] = Buffer.byteLength(body);
    if (contentType !== undefined) headers['content-type'] = contentType;
    options.headers = { ...(options.headers as Record<string, string>), ...headers };

    const start = server.protocol === 'http:' ? httpRequest : httpsRequest;
    const request = start(`${server.href.replace(/\/$/, '')}${path}`, options);
    let sentMs: number | undefined;
    onReady(request, () => {
      sentMs = clock.now();
    });
    try {
      const answer = answerOf(request);
      request.end(body);
      const response = await answer;
      const answeredMs = clock.now();
      const retryAfter = Number(response.headers['retry-after'] ?? Number.NaN);
      return {
        status: response.statusCode ?? 0,
        retryAfterMs: Number.isNaN(retryAfter) ? undefined : retryAfter * 1000,
        body: await text(response),
        sentMs: sentMs ?? answeredMs,
        answeredMs,
      };
    } catch (error) {
      const cause = signal.aborted ? signal.reason : error;
      throw new TransportError(cause instanceof Error ? cause : new Error(String(cause)), sentMs);
    }
  };
  return { send };
}

function answerOf(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    request.on('error', reject);
  });
}

/** Calls back when the connection is there and the bytes of the request leave. */
function onReady(request: ClientRequest, ready: () => void): void {
  request.once('socket', (socket) => {
    if (!socket.connecting) ready();
    else socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', ready);
  });
}

/**
 * Connections kept alive for these requests alone: an exec must not begin on one that the server is about to close. The
 * client's own agents keep none; those that go through a proxy stay as they are.
 */
function createPool(): (agent: RequestOptions['agent']) => RequestOptions['agent'] {
  const settings = { keepAlive: true, timeout: idleMs };
  const pools = [new HttpAgent(settings), new HttpsAgent(settings)];
  return (agent) =>
    pools.find((pool) => agent && Object.getPrototypeOf(agent) === Object.getPrototypeOf(pool)) ?? agent;
}
