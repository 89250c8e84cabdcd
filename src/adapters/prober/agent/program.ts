import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Where the agent lies in its container. */
const AGENT_FOLDER = '/netproof';
const AGENT_SOCKET = '/tmp/netproof-agent.sock';

/** Logical name and ports of a pod that runs the agent. */
export interface AgentConfig {
  readonly identity: string;
  readonly ports: readonly { readonly port: number; readonly protocol: string }[];
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

/** The pod's main process. `$(POD_IP)` is filled in by the kubelet from the variable of that name. */
export function serveCommand(config: AgentConfig): readonly string[] {
  const settings = JSON.stringify({ ...config, socket: AGENT_SOCKET, address: '$(POD_IP)' });
  return ['node', `${AGENT_FOLDER}/agent.mts`, 'serve', settings];
}

/** What an exec runs to talk to the agent. */
export const attachCommand: readonly string[] = ['node', `${AGENT_FOLDER}/agent.mts`, 'attach', AGENT_SOCKET];
