import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { PodEnd } from '../../../core/scenario/scenario.ts';

/** Where the agent lies in its container. */
const AGENT_FOLDER = '/netproof';
const AGENT_SOCKET = '/tmp/netproof-agent.sock';

/** A port that an agent serves. With `speaks` it answers gRPC health checks there in place of its identity. */
export interface AgentPort {
  readonly port: number;
  readonly protocol: string;
  readonly speaks?: 'grpc';
  /** What its answers have, in bytes; absent: a line. */
  readonly payloadBytes?: number;
}

/** Logical name and ports of a pod that runs the agent. */
export interface AgentConfig {
  readonly identity: string;
  readonly ports: readonly AgentPort[];
}

/** The agent's source, as it is shipped: `src/agent` in a checkout, `dist/agent` in the package. */
export function agentSource(): string {
  return readFileSync(new URL('../../../agent/agent.mts', import.meta.url), 'utf8');
}

/** Names a content: the same content has the same name, so that nothing named so ever changes. */
export function contentHash(content: string): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 10);
}

/** Folder that the agent's ConfigMap is mounted at. */
export const agentFolder = AGENT_FOLDER;

/** Folder on this machine that holds the agent's source and nothing else. */
export function agentSourceFolder(): string {
  return fileURLToPath(new URL('../../../agent', import.meta.url));
}

/** The main process. `address` is the agent's own; `$(POD_IP)` is filled in by the kubelet from the variable of that name. */
export function serveCommand(config: AgentConfig, address = '$(POD_IP)'): readonly string[] {
  const settings = JSON.stringify({ ...config, socket: AGENT_SOCKET, address });
  return ['node', `${AGENT_FOLDER}/agent.mts`, 'serve', settings];
}

/** What an exec runs to end the agent: the signals that the agent ends by, well or badly. */
export function endCommand(how: PodEnd): readonly string[] {
  return ['node', '-e', `process.kill(1, '${how === 'completed' ? 'SIGTERM' : 'SIGUSR2'}')`];
}

/** What an exec runs to talk to the agent. */
export const attachCommand: readonly string[] = ['node', `${AGENT_FOLDER}/agent.mts`, 'attach', AGENT_SOCKET];
