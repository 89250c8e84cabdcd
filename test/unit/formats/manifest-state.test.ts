import { expect } from 'chai';
import { readManifests } from '../../../src/formats/manifest.ts';
import { stateFrom } from '../../../src/formats/manifest-state.ts';

const stateOf = (text: string) => {
  const { documents, problems } = readManifests(text, 'f.yaml');
  expect(problems).to.deep.equal([]);
  return stateFrom(documents).state;
};
const workload = (kind: string, spec: string) =>
  stateOf(`{apiVersion: apps/v1, kind: ${kind}, metadata: {name: w}, spec: ${spec}}`).pods.map(({ name }) => name);

describe('the state that manifests describe', () => {
  it('has as many pods of a workload as tell them apart, and none of one without', () => {
    const template = 'template: {metadata: {labels: {app: w}}}';
    expect(workload('Deployment', `{${template}}`)).to.deep.equal(['w']);
    expect(workload('Deployment', `{replicas: 3, ${template}}`)).to.deep.equal(['w', 'w#2']);
    expect(workload('Deployment', `{replicas: 0, ${template}}`)).to.deep.equal([]);
    expect(workload('DaemonSet', `{${template}}`)).to.deep.equal(['w', 'w#2']);
    expect(workload('CronJob', `{jobTemplate: {spec: {parallelism: 2, ${template}}}}`)).to.deep.equal(['w', 'w#2']);
    expect(workload('constructor', `{${template}}`)).to.deep.equal([]);
  });

  it('has host ports, pods that are to end, and what leads to a Service', () => {
    const { pods, services } = stateOf(`
{apiVersion: v1, kind: Pod, metadata: {name: a, deletionTimestamp: "2026-01-01T00:00:00Z"},
 spec: {containers: [{ports: [{containerPort: 80, hostPort: 8080}]}]}}
---
apiVersion: v1
kind: Service
metadata: {name: s}
spec: {type: LoadBalancer, externalTrafficPolicy: Local, externalIPs: [192.0.2.1], ports: [{port: 80, nodePort: 30080}]}
status: {loadBalancer: {ingress: [{ip: 192.0.2.2}, {hostname: x.example}]}}
`);
    expect(pods[0]).to.deep.include({ terminating: true, ports: [{ port: 80, protocol: 'TCP', hostPort: 8080 }] });
    expect(services[0]).to.deep.include({
      externalTrafficPolicy: 'Local',
      externalIPs: ['192.0.2.1', '192.0.2.2'],
      ports: [{ port: 80, protocol: 'TCP', nodePort: 30080 }],
    });
  });

  it('has nodes with their addresses, and no namespace of theirs', () => {
    const { nodes, namespaces } = stateOf(`
{apiVersion: v1, kind: Node, metadata: {name: n1}, status: {addresses: [{type: Hostname, address: n1},
 {type: ExternalIP, address: 192.0.2.1}, {type: InternalIP, address: 172.18.0.2}]}}
`);
    expect(nodes).to.deep.equal([{ name: 'n1', ips: ['172.18.0.2', '192.0.2.1'] }]);
    expect(namespaces).to.deep.equal([]);
  });

  const template = 'template: {metadata: {labels: {app: w}}}';
  const object = (kind: string, name: string, more = '', spec = `{replicas: 2, ${template}}`) =>
    `{apiVersion: ${kind === 'Pod' ? 'v1' : 'apps/v1'}, kind: ${kind}, metadata: {name: ${name}${more}}, spec: ${spec}}\n---\n`;
  const owned = (kind: string, name: string) =>
    `, ownerReferences: [{apiVersion: apps/v1, kind: ${kind}, name: ${name}, uid: u, controller: true}]`;
  const namesOf = (...texts: string[]) => stateOf(texts.join('')).pods.map(({ name }) => name);

  it('tells objects of one name apart by their kind; a Pod keeps its name', () => {
    const [deployment, set] = [object('Deployment', 'w'), object('StatefulSet', 'w')];
    expect(namesOf(object('Pod', 'w', '', '{}'), deployment)).to.deep.equal([
      'w',
      'w (Deployment)',
      'w (Deployment)#2',
    ]);
    expect(namesOf(deployment, set)).to.have.members([
      'w (Deployment)',
      'w (Deployment)#2',
      'w (StatefulSet)',
      'w (StatefulSet)#2',
    ]);
    const old = deployment.replace('apps/v1', 'extensions/v1beta1');
    expect(namesOf(deployment, old)).to.include('w (Deployment.apps)').and.include('w (Deployment.extensions)');
    expect(namesOf(deployment, object('StatefulSet', 'w', '', `{replicas: 0, ${template}}`))).to.deep.equal([
      'w',
      'w#2',
    ]);
  });

  it('calls a pod the same as in a state beside it', () => {
    const before = readManifests(object('Deployment', 'w'), 'f.yaml').documents;
    const after = readManifests(object('Deployment', 'w') + object('Pod', 'w', '', '{}'), 'f.yaml').documents;
    const { state } = stateFrom(before, { beside: after });
    expect(state.pods.map(({ name }) => name)).to.deep.equal(['w (Deployment)', 'w (Deployment)#2']);
  });

  it('has the pods of a dump once: none of a workload that owns one, or that another workload makes', () => {
    const dump = [
      object('Deployment', 'w'),
      object('ReplicaSet', 'w-1', owned('Deployment', 'w')),
      object('Pod', 'w-1-a', owned('ReplicaSet', 'w-1'), '{}'),
    ];
    expect(namesOf(...dump)).to.deep.equal(['w-1-a']);
    expect(namesOf(dump[0] as string, dump[1] as string)).to.deep.equal(['w', 'w#2']);
    expect(namesOf(object('ReplicaSet', 'w-1', owned('Deployment', 'w')))).to.deep.equal(['w-1', 'w-1#2']);
    const rollout = object('ReplicaSet', 'w-1', owned('Rollout', 'w')) + object('Rollout', 'w', '', '{}');
    expect(namesOf(rollout)).to.deep.equal(['w-1', 'w-1#2']);
  });
});
