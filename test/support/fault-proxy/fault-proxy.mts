/**
 * Stands between clients and a server and does what a broken dataplane would: node fault-proxy.mts CONFIGS, where CONFIGS
 * is a JSON list of `FaultProxyConfig`. One file without dependencies, so that a pod can run it as it is.
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
  /** Nothing goes wrong until the process gets SIGUSR2. */
  readonly onSignal?: boolean;
}

const ANSWER_MS = 2000;
let signalled = false;

/** What goes wrong now. */
type FaultNow = () => Fault;

/** Tells of one attempt after the other whether it vanishes. */
function vanishing(faultNow: FaultNow): () => boolean {
  let attempts = 0;
  return () => {
    const fault = faultNow();
    if (fault.kind === 'flap') return performance.now() % fault.everyMs >= fault.everyMs - fault.forMs;
    if (fault.kind !== 'drop') return false;
    attempts += 1;
    return Math.floor(attempts * fault.share) > Math.floor((attempts - 1) * fault.share);
  };
}

function altered(fault: Fault, answer: Buffer): Buffer {
  if (fault.kind !== 'stranger') return answer;
  const text = answer.toString('latin1').replace(/(netproof-identity: )[\w./-]+/, `$1${fault.identity}`);
  return Buffer.from(text, 'latin1');
}

function proxyTcp({ listen, port, upstream }: FaultProxyConfig, faultNow: FaultNow): void {
  const vanishes = vanishing(faultNow);
  const server = createServer((client) => {
    client.on('error', () => client.destroy());
    if (faultNow().kind === 'reset') client.resetAndDestroy();
    else if (!vanishes()) {
      const origin = connect(upstream);
      origin.on('error', () => client.destroy());
      client.on('close', () => origin.destroy());
      client.pipe(origin);
      origin.on('data', (chunk) => client.write(altered(faultNow(), chunk)));
      origin.on('end', () => client.end());
    }
  });
  server.listen({ port, ...(listen !== undefined && { host: listen }) });
}

function proxyUdp(config: FaultProxyConfig, faultNow: FaultNow): void {
  const { listen, port, upstream } = config;
  const vanishes = vanishing(faultNow);
  const server = createSocket(listen === undefined || isIPv6(listen) ? 'udp6' : 'udp4');
  server.on('message', (message, client) => {
    if (vanishes()) return;
    const origin = createSocket(isIPv6(upstream.host) ? 'udp6' : 'udp4');
    const close = setTimeout(() => origin.close(), ANSWER_MS);
    origin.on('error', () => {});
    origin.on('message', (answer) => {
      server.send(altered(faultNow(), answer), client.port, client.address);
      clearTimeout(close);
      origin.close();
    });
    origin.send(message, upstream.port, upstream.host);
  });
  // A pod without IPv6 has no address for the dual-stack wildcard.
  server.on('error', (error) => {
    if (listen !== undefined) throw error;
    proxyUdp({ ...config, listen: '0.0.0.0' }, faultNow);
  });
  server.bind({ port, ...(listen !== undefined && { address: listen }) });
}

if (process.argv.at(-1)?.startsWith('[')) {
  process.on('SIGTERM', () => process.exit(0));
  process.on('SIGUSR2', () => {
    signalled = true;
  });
  const configs: readonly FaultProxyConfig[] = JSON.parse(process.argv.at(-1) ?? '');
  for (const config of configs) {
    const faultNow: FaultNow = () => (config.onSignal && !signalled ? { kind: 'none' } : config.fault);
    if (config.protocol === 'TCP') proxyTcp(config, faultNow);
    else proxyUdp(config, faultNow);
  }
}
