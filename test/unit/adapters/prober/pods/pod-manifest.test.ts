import { expect } from 'chai';
import { agentSource } from '../../../../../src/adapters/prober/agent/program.ts';
import { podManifest } from '../../../../../src/adapters/prober/pods/pod-manifest.ts';
import type { ScenarioPod } from '../../../../../src/core/scenario/scenario.ts';

const pod: ScenarioPod = {
  namespace: 'x',
  name: 'a',
  labels: {},
  image: 'agent',
  ports: [
    { port: 80, protocol: 'TCP', name: 'http' },
    { port: 53, protocol: 'UDP' },
  ],
  probes: 'agent',
  identityPage: false,
};
const placement = {
  namespace: 'np-r1-x',
  labels: { 'netproof.io/run': 'r1' },
  agentImage: 'node:24-alpine',
  idleImage: 'alpine:3',
};
// biome-ignore lint/suspicious/noExplicitAny: objects are JSON trees
const objectsOf = (fields: Partial<ScenarioPod>): any[] => [...podManifest({ ...pod, ...fields }, placement)];

describe('the objects of a scenario’s pod', () => {
  it('carry no labels but the scenario’s: none means none', () => {
    expect(objectsOf({}).at(-1).metadata).to.deep.equal({ name: 'a', namespace: 'np-r1-x', labels: {} });
    expect(objectsOf({ labels: { app: 'web' } }).at(-1).metadata.labels).to.deep.equal({ app: 'web' });
  });

  it('never start where the scenario says so: on no node, or for want of a volume on the one that it says', () => {
    const [waiting] = objectsOf({ pending: true });
    expect(Object.keys(waiting.spec.nodeSelector)).to.have.length(1);
    expect(waiting.spec.volumes).to.deep.equal([]);
    const [stuck, ...more] = podManifest({ ...pod, pending: true }, { ...placement, node: 'node-1' });
    expect(more).to.deep.equal([]);
    expect(stuck?.spec).to.include({ nodeName: 'node-1' });
    expect(stuck?.spec).to.have.nested.property('volumes[0].configMap.name', 'netproof-never-made');
    expect(stuck?.spec).not.to.have.property('nodeSelector');
  });

  it('have a container that is never ready where the scenario says so, beside the agent', () => {
    const { spec } = objectsOf({ unready: true }).at(-1);
    const [agent, unready] = spec.containers;
    expect(agent).to.include({ name: 'main' });
    expect(agent).not.to.have.property('readinessProbe');
    expect(unready.readinessProbe.exec.command).to.deep.equal(['false']);
  });

  it('are on the node’s network where the scenario says so, without settings of the node', () => {
    const [, plain] = objectsOf({});
    const [, onNode] = objectsOf({ hostNetwork: true });
    expect(plain.spec.hostNetwork).to.equal(undefined);
    expect(plain.spec.securityContext.sysctls).to.have.length(1);
    expect(onNode.spec).to.include({ hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' });
    expect(onNode.spec.securityContext.sysctls).to.equal(undefined);
  });

  it('run the agent from an immutable ConfigMap, named by its content, that fits into one', () => {
    const [config, agent] = objectsOf({});
    expect(config).to.include({ kind: 'ConfigMap', immutable: true });
    expect(config.metadata.name).to.match(/^netproof-agent-[0-9a-f]{10}$/);
    expect(config.data).to.deep.equal({ 'agent.mts': agentSource() });
    expect(agentSource().length).to.be.below(900 * 1024);
    expect(config.metadata.labels).to.deep.equal(placement.labels);
    expect(agent.spec.volumes).to.deep.equal([{ name: 'volume-0', configMap: { name: config.metadata.name } }]);
  });

  it('let the agent serve the ports under its logical name, without root and without a CPU limit', () => {
    const { spec } = objectsOf({}).at(-1);
    const [container] = spec.containers;
    expect(container.imagePullPolicy).to.equal('IfNotPresent');
    expect(JSON.parse(container.command.at(-1))).to.deep.include({
      identity: 'x/a',
      ports: [
        { port: 80, protocol: 'TCP' },
        { port: 53, protocol: 'UDP' },
      ],
    });
    expect(container.ports).to.deep.equal([
      { name: 'http', containerPort: 80, protocol: 'TCP' },
      { containerPort: 53, protocol: 'UDP' },
    ]);
    expect(spec.securityContext.sysctls).to.deep.equal([{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }]);
    expect(container.resources).not.to.have.property('limits');
  });

  it('have a container more for each that the scenario names, each serving its own ports', () => {
    const side = { port: 81, protocol: 'TCP', name: 'side' } as const;
    const metrics = { port: 90, protocol: 'TCP', name: 'metrics' } as const;
    const { spec } = objectsOf({
      ports: [...pod.ports, side, metrics],
      containers: [
        { name: 'side', sidecar: false, ports: [side] },
        { name: 'metrics', sidecar: true, ports: [metrics] },
      ],
    }).at(-1);
    const served = (container: { command: string[] }) =>
      JSON.parse(container.command.at(-1) ?? '').ports.map(({ port }: { port: number }) => port);
    expect(spec.containers.map(served)).to.deep.equal([[80, 53], [81]]);
    expect(spec.initContainers.map(served)).to.deep.equal([[90]]);
    expect(spec.initContainers[0]).to.deep.include({
      name: 'metrics',
      restartPolicy: 'Always',
      ports: [{ name: 'metrics', containerPort: 90, protocol: 'TCP' }],
    });
  });

  it('have a container that does nothing for each way in which the kubelet is to probe, answered by the agent', () => {
    const { spec } = objectsOf({ kubeletProbes: ['http', 'tcp', 'grpc', 'exec'] }).at(-1);
    const [agent, ...probed] = spec.containers;
    expect(agent).not.to.have.property('livenessProbe');
    expect(JSON.parse(agent.command.at(-1)).ports.slice(2)).to.deep.equal([
      { port: 9101, protocol: 'TCP' },
      { port: 9102, protocol: 'TCP' },
      { port: 9103, protocol: 'TCP', speaks: 'grpc' },
    ]);
    // biome-ignore lint/suspicious/noExplicitAny: objects are JSON trees
    const handlers = probed.map(({ name, image, readinessProbe, livenessProbe }: any) => {
      expect(readinessProbe).to.deep.equal(livenessProbe);
      const { periodSeconds, timeoutSeconds, failureThreshold, ...handler } = readinessProbe;
      expect([image, periodSeconds, failureThreshold]).to.deep.equal(['alpine:3', 1, 3]);
      return [name, handler];
    });
    expect(handlers).to.deep.equal([
      ['kubelet-http', { httpGet: { port: 9101, path: '/' } }],
      ['kubelet-tcp', { tcpSocket: { port: 9102 } }],
      ['kubelet-grpc', { grpc: { port: 9103 } }],
      ['kubelet-exec', { exec: { command: ['wget', '-q', '-O', '/dev/null', '-T', '2', 'http://127.0.0.1:9101/'] } }],
    ]);
  });

  it('are not restarted where the pod is to end, and tell the network plugin what is to be told', () => {
    expect(objectsOf({}).at(-1).spec).not.to.have.property('restartPolicy');
    expect(objectsOf({ ends: 'failed' }).at(-1).spec.restartPolicy).to.equal('Never');
    const [, told] = podManifest(pod, { ...placement, annotations: { 'cni.example/ip': '10.0.0.7' } });
    expect(told?.metadata.annotations).to.deep.equal({ 'cni.example/ip': '10.0.0.7' });
  });

  it('do nothing in an idle pod', () => {
    const [idle, ...others] = objectsOf({ image: 'idle', ports: [], probes: undefined });
    expect(others).to.deep.equal([]);
    expect(idle.spec.containers[0]).to.include({ image: 'alpine:3' });
    expect(idle.spec.containers[0].command.join(' ')).to.include('sleep');
  });

  it('are put on a node only where one is named', () => {
    expect(objectsOf({}).at(-1).spec).not.to.have.property('nodeName');
    const [, pinned] = podManifest(pod, { ...placement, node: 'n2' });
    expect(pinned?.spec).to.include({ nodeName: 'n2' });
  });

  it('give an nginx pod its identity as page only where the scenario asks for it', () => {
    const [page, web] = objectsOf({ image: 'nginx', identityPage: true, probes: undefined });
    expect(page.data['index.html']).to.include('netproof-identity: x/a<');
    expect(web.spec.containers[0].volumeMounts[0].mountPath).to.equal('/usr/share/nginx/html');
    expect(objectsOf({ image: 'nginx', identityPage: false, probes: undefined })).to.have.length(1);
  });

  it('let a pod dial from its first instant what it is told to', () => {
    const dials = [
      { host: '10.0.0.1', port: 80 },
      { host: 'fd00::1', port: 8080, hold: true as const },
    ];
    const fields = {
      image: 'alpine',
      probes: 'wget',
      firstInstant: true,
      ports: [{ port: 81, protocol: 'TCP' }],
    } as const;
    const [object] = podManifest({ ...pod, ...fields }, { ...placement, dials });
    const { containers } = object!.spec as { readonly containers: readonly [{ readonly env: unknown }] };
    expect(containers[0].env).to.deep.equal([
      { name: 'IDENTITY', value: 'x/a' },
      { name: 'PORTS', value: '81' },
      { name: 'URLS', value: 'http://10.0.0.1 http://[fd00::1]:8080' },
      { name: 'HELD', value: 'fd00::1:8080' },
      { name: 'LOG', value: '/tmp/netproof-first-instant' },
    ]);
  });

  it('let an alpine pod sleep, and start other images as they are', () => {
    const [alpine] = objectsOf({ image: 'alpine', probes: 'wget' });
    expect(alpine.spec.containers[0].command.slice(0, 2)).to.deep.equal(['sh', '-c']);
    const [web] = objectsOf({ image: 'registry.example/web:1', probes: undefined });
    expect(web.spec.containers[0].image).to.equal('registry.example/web:1');
    expect(web.spec.containers[0]).not.to.have.property('command');
  });
});
