import { expect } from 'chai';
import { simulatedCluster } from '../../../../src/adapters/simulated/simulated-cluster.ts';
import { simulatedNetwork } from '../../../../src/adapters/simulated/simulated-network.ts';
import { virtualClock } from '../../../support/virtual-clock.ts';

const POD = { apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ name: 'main', ports: [{ containerPort: 80 }] }] } };
const pod = (name: string) => ({ ...POD, metadata: { namespace: 'np-x', name, annotations: {} } });
const cell = {
  from: 'x/a',
  to: 'x/b',
  port: 80,
  protocol: 'TCP',
  path: 'pod-ip',
  family: 'IPv4',
  method: 'agent',
} as const;

describe('the simulated network', () => {
  it('knows nothing of pods that its stopped agents have not seen', async () => {
    const cluster = simulatedCluster(virtualClock());
    await cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'np-x' } });
    await cluster.apply(pod('server'));
    await cluster.apply(pod('known'));
    const network = simulatedNetwork(cluster);
    const [server] = cluster.store.ofKind('Pod') as unknown as readonly { status: { podIPs: { ip: string }[] } }[];
    const dial = { cell, host: server?.status.podIPs[0]?.ip ?? '', port: 80 };
    const from = (name: string) => network({ namespace: 'np-x', name }, dial);
    expect(from('known')).to.equal('open');
    cluster.agents.stop();
    await cluster.apply(pod('new'));
    expect([from('known'), from('new')]).to.deep.equal(['open', 'inconclusive']);
    cluster.agents.start();
    expect(from('new')).to.equal('open');
  });
});
