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
});
