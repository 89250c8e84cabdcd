import { expect } from 'chai';
import { podManifest } from '../../../src/adapters/prober/pods/pod-manifest.ts';
import { withFaultProxy } from '../../support/fault-proxy/fault-pod.ts';

describe('a pod with a fault proxy', () => {
  it('has the proxy on the port that clients dial, and its agent behind it', () => {
    const ports = [
      { port: 80, protocol: 'TCP' },
      { port: 80, protocol: 'UDP' },
    ] as const;
    const pod = podManifest(
      { namespace: 'x', name: 'b', labels: {}, image: 'agent', ports, probes: 'agent', identityPage: false },
      { namespace: 'np-x', labels: {}, agentImage: 'node:24-alpine', idleImage: 'alpine:3' },
    ).at(-1)!;
    const fault = { kind: 'drop', share: 0.9 } as const;
    const { spec } = withFaultProxy(pod, [{ port: 80, protocol: 'UDP', fault }]) as unknown as {
      readonly spec: { readonly containers: readonly { readonly name: string; readonly command: readonly string[] }[] };
    };
    const [agent, proxy] = spec.containers.map(({ command }) => JSON.parse(command.at(-1)!));
    expect(agent.ports).to.deep.equal([
      { port: 80, protocol: 'TCP' },
      { port: 10_080, protocol: 'UDP' },
    ]);
    expect(proxy).to.deep.equal([{ port: 80, protocol: 'UDP', fault, upstream: { host: '127.0.0.1', port: 10_080 } }]);
  });
});
