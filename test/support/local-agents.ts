import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Cluster } from '../../src/ports/cluster.ts';
import type { ExecEnd } from '../../src/ports/exec.ts';
import type { ProbePod } from '../../src/ports/prober.ts';

const program = fileURLToPath(new URL('../../src/agent/agent.mts', import.meta.url));

/** A loopback address that no other run of the tests uses at the same time; `host` is between 1 and 254. */
export function loopback(host: number): string {
  return `127.${16 + ((process.pid >> 8) % 200)}.${process.pid % 256}.${host}`;
}

/** A port for an agent to serve. */
export interface LocalPort {
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
  /** Answers gRPC health checks there. */
  readonly speaks?: 'grpc';
  readonly payloadBytes?: number;
}

/** Agents as processes of this machine, each on a loopback address of its own, and the exec that reaches them. */
export class LocalAgents implements AsyncDisposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'netproof-agents-'));
  readonly #env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'netproof-agents-compile-cache') };
  readonly #agents = new Map<string, ChildProcess>();
  readonly #relays = new Set<ChildProcess>();
  readonly #ending = new AbortController();
  /** What ends with the agents, whether or not the test came to its end. */
  readonly stack = new DisposableStack();
  /** Aborts when the agents end. */
  readonly signal = this.#ending.signal;
  /** How many execs were asked for. */
  execs = 0;
  /** The next execs fail with this, while it is set. */
  refusal: Error | undefined;

  /** The part of a cluster that a prober needs. */
  readonly cluster: Cluster = {
    exec: async (pod: { readonly name: string }) => {
      this.execs += 1;
      if (this.refusal !== undefined) throw this.refusal;
      const relay = spawn(process.execPath, [program, 'attach', this.#socket(pod.name)], { env: this.#env });
      this.#relays.add(relay);
      const ended = once(relay, 'exit').then(([code]): ExecEnd => {
        this.#relays.delete(relay);
        return code === null ? { kind: 'lost', cause: 'killed' } : { kind: 'exited', code };
      });
      return { stdin: relay.stdin, stdout: relay.stdout, stderr: relay.stderr, ended, close: () => relay.kill() };
    },
  } as unknown as Cluster;

  #socket(name: string): string {
    return join(this.#folder, `${name}.sock`);
  }

  /** Starts the agent `x/NAME` on a loopback address. */
  start(name: string, address: string, ports: readonly LocalPort[], options: object = {}): ProbePod {
    const config = { identity: `x/${name}`, ports, socket: this.#socket(name), address, listen: address, ...options };
    const agent = spawn(process.execPath, [program, 'serve', JSON.stringify(config)], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: this.#env,
    });
    this.#agents.set(name, agent);
    return { name: `x/${name}`, ref: { namespace: 'np-x', name }, method: 'agent' };
  }

  /** Ends an agent's process and settles, when it is gone, with its exit code; null when the signal killed it. */
  async kill(name: string, signal: NodeJS.Signals = 'SIGKILL'): Promise<number | null | undefined> {
    const agent = this.#agents.get(name);
    if (agent === undefined || agent.exitCode !== null || agent.signalCode !== null) return agent?.exitCode;
    const exited = once(agent, 'exit');
    agent.kill(signal);
    const [code] = await exited;
    return code;
  }

  /** Sends a signal without waiting, e.g. SIGSTOP. */
  send(name: string, signal: NodeJS.Signals): void {
    this.#agents.get(name)?.kill(signal);
  }

  /** Breaks all streams that are open. */
  cutStreams(): void {
    for (const relay of this.#relays) relay.kill('SIGKILL');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending.abort(new Error('the test is over'));
    this.stack.dispose();
    this.cutStreams();
    await Promise.all([...this.#agents.keys()].map((name) => this.kill(name)));
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
