import { readFileSync } from 'node:fs';
import type { KubeObject } from '../../../src/ports/cluster.ts';
import type { FaultProxyConfig } from './fault-proxy.mts';

const program = new URL('./fault-proxy.mts', import.meta.url);
/** The agent's own port lies so far above the one that clients dial. */
const MOVED_BY = 10_000;

interface PodSpec {
  readonly containers: readonly { readonly image: string; readonly command: readonly string[] }[];
}

/** One port's trouble; `onSignal` as in `FaultProxyConfig`. */
export type FaultyPort = Pick<FaultProxyConfig, 'port' | 'protocol' | 'fault' | 'onSignal'>;

/**
 * The pod of an agent with a fault proxy in front of some of its ports: the proxy listens there, and the agent, whose
 * ports are moved up, answers behind it. Give it the pod that `podManifest` makes. The proxy is the first process of
 * the container `fault-proxy`.
 */
export function withFaultProxy(pod: KubeObject, faults: readonly FaultyPort[]): KubeObject {
  const spec = pod.spec as PodSpec;
  const [agent] = spec.containers;
  const settings = JSON.parse(agent!.command.at(-1)!);
  const ports = settings.ports.map((served: { port: number; protocol: string }) =>
    faults.some(({ port, protocol }) => served.port === port && served.protocol === protocol)
      ? { ...served, port: served.port + MOVED_BY }
      : served,
  );
  const configs = faults.map(
    (faulty): FaultProxyConfig => ({ ...faulty, upstream: { host: '127.0.0.1', port: faulty.port + MOVED_BY } }),
  );
  const command = [
    'node',
    '--input-type=module-typescript',
    '-e',
    readFileSync(program, 'utf8'),
    JSON.stringify(configs),
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
