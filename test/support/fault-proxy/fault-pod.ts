import { readFileSync } from 'node:fs';
import type { KubeObject } from '../../../src/ports/cluster.ts';
import type { Fault, FaultProxyConfig } from './fault-proxy.mts';

const program = new URL('./fault-proxy.mts', import.meta.url);
/** The agent's own port lies so far above the one that clients dial. */
const MOVED_BY = 10_000;

interface PodSpec {
  readonly containers: readonly { readonly image: string; readonly command: readonly string[] }[];
}

/**
 * The pod of an agent with a fault proxy in front of one of its ports: the proxy listens there, and the agent, whose
 * port is moved up, answers behind it. Give it the pod that `podManifest` makes.
 */
export function withFaultProxy(
  pod: KubeObject,
  { port, protocol, fault }: { readonly port: number; readonly protocol: 'TCP' | 'UDP'; readonly fault: Fault },
): KubeObject {
  const spec = pod.spec as PodSpec;
  const [agent] = spec.containers;
  const settings = JSON.parse(agent!.command.at(-1)!);
  const ports = settings.ports.map((served: { port: number; protocol: string }) =>
    served.port === port && served.protocol === protocol ? { ...served, port: port + MOVED_BY } : served,
  );
  const config: FaultProxyConfig = { port, protocol, fault, upstream: { host: '127.0.0.1', port: port + MOVED_BY } };
  const command = [
    'node',
    '--input-type=module-typescript',
    '-e',
    readFileSync(program, 'utf8'),
    JSON.stringify(config),
  ];
  const serve = [...agent!.command.slice(0, -1), JSON.stringify({ ...settings, ports })];
  return {
    ...pod,
    spec: {
      ...spec,
      containers: [
        { ...agent, command: serve },
        { name: 'fault-proxy', image: agent!.image, imagePullPolicy: 'IfNotPresent', command },
      ],
    },
  };
}
