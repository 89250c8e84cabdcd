/**
 * Stands between clients and a server and does what a broken dataplane would: node fault-proxy.mts CONFIG, where CONFIG
 * is JSON (`FaultProxyConfig`). One file without dependencies, so that a pod can run it as it is.
 */
import { createSocket } from 'node:dgram';
import { connect, createServer, isIPv6 } from 'node:net';

/** What goes wrong. Shares are between 0 and 1 and are met exactly, evenly spread over the attempts. */
export type Fault =
  | { readonly kind: 'none' }
  /** Attempts vanish. TCP's handshake completes all the same: the kernel answers it before a program can. */
  | { readonly kind: 'drop'; readonly share: number }
  /** Everything vanishes for `forMs` at the end of every `everyMs`. */
  | { readonly kind: 'flap'; readonly everyMs: number; readonly forMs: number }
  /** Answers carry the name of somebody else. */
  | { readonly kind: 'stranger'; readonly identity: string }
  /** Connections are reset, with the handshake done. TCP only. */
  | { readonly kind: 'reset' };

/** Where it listens, where the server is, and what goes wrong. */
export interface FaultProxyConfig {
  readonly listen?: string;
  readonly port: number;
  readonly upstream: { readonly host: string; readonly port: number };
  readonly protocol: 'TCP' | 'UDP';
  readonly fault: Fault;
}

const ANSWER_MS = 2000;
let attempts = 0;

/** Whether this attempt vanishes. */
function vanishes(fault: Fault): boolean {
  attempts += 1;
  if (fault.kind === 'drop') return Math.floor(attempts * fault.share) > Math.floor((attempts - 1) * fault.share);
  if (fault.kind === 'flap') return performance.now() % fault.everyMs >= fault.everyMs - fault.forMs;
  return false;
}

function altered(fault: Fault, answer: Buffer): Buffer {
  if (fault.kind !== 'stranger') return answer;
  const text = answer.toString('latin1').replace(/(netproof-identity: )[\w./-]+/, `$1${fault.identity}`);
  return Buffer.from(text, 'latin1');
}

function proxyTcp({ listen, port, upstream, fault }: FaultProxyConfig): void {
  const server = createServer((client) => {
    client.on('error', () => client.destroy());
    if (fault.kind === 'reset') client.resetAndDestroy();
    else if (!vanishes(fault)) {
      const origin = connect(upstream);
      origin.on('error', () => client.destroy());
      client.on('close', () => origin.destroy());
      client.pipe(origin);
      origin.on('data', (chunk) => client.write(altered(fault, chunk)));
      origin.on('end', () => client.end());
    }
  });
  server.listen({ port, ...(listen !== undefined && { host: listen }) });
}

function proxyUdp({ listen, port, upstream, fault }: FaultProxyConfig): void {
  const server = createSocket(listen === undefined || isIPv6(listen) ? 'udp6' : 'udp4');
  server.on('message', (message, client) => {
    if (vanishes(fault)) return;
    const origin = createSocket(isIPv6(upstream.host) ? 'udp6' : 'udp4');
    const close = setTimeout(() => origin.close(), ANSWER_MS);
    origin.on('error', () => {});
    origin.on('message', (answer) => {
      server.send(altered(fault, answer), client.port, client.address);
      clearTimeout(close);
      origin.close();
    });
    origin.send(message, upstream.port, upstream.host);
  });
  server.bind({ port, ...(listen !== undefined && { address: listen }) });
}

if (process.argv.at(-1)?.startsWith('{')) {
  process.on('SIGTERM', () => process.exit(0));
  const config: FaultProxyConfig = JSON.parse(process.argv.at(-1) ?? '');
  if (config.protocol === 'TCP') proxyTcp(config);
  else proxyUdp(config);
}
