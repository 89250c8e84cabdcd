import type { JsonPath } from '../core/diagnostics/json-path.ts';
import { portName } from '../core/model/api-syntax.ts';
import type { Findings } from './findings.ts';
import {
  booleanOf,
  type Fields,
  fieldsOf,
  integerOf,
  listOf,
  oneOf,
  portNumberOf,
  portOf,
  textOf,
} from './manifest-fields.ts';
import { readLabels } from './manifest-selector.ts';
import { nodeAt, type YamlNode } from './yaml-node.ts';

const PROTOCOLS = ['TCP', 'UDP', 'SCTP'] as const;

/** Where each kind of workload keeps what it makes pods from: the field with the number of pods beside `template`. */
const WORKLOADS: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['spec'],
  StatefulSet: ['spec'],
  DaemonSet: ['spec'],
  ReplicaSet: ['spec'],
  ReplicationController: ['spec'],
  Job: ['spec'],
  CronJob: ['spec', 'jobTemplate', 'spec'],
};

/** The path to a workload's spec with its `template`; undefined for other kinds. */
export function workloadPath(kind: string): readonly string[] | undefined {
  return Object.hasOwn(WORKLOADS, kind) ? WORKLOADS[kind] : undefined;
}

/** Checks those fields of a Pod or workload that are read: of the wrong type they would be left out without a word. */
export function checkWorkload(findings: Findings, object: YamlNode, kind: string): void {
  if (kind === 'Pod') {
    checkPod(findings, object.fields, []);
    return;
  }
  const path = workloadPath(kind);
  const spec = path && fieldsOf(findings, nodeAt(object, path), path, 'a spec');
  if (path === undefined || spec === undefined) return;
  for (const field of ['replicas', 'parallelism']) integerOf(findings, spec.get(field), [...path, field]);
  const at = [...path, 'template'];
  const template = fieldsOf(findings, spec.get('template'), at, 'a template');
  const metadata = fieldsOf(findings, template?.get('metadata'), [...at, 'metadata'], 'metadata');
  readLabels(findings, metadata?.get('labels'), [...at, 'metadata', 'labels']);
  checkPod(findings, template, at);
}

function checkPod(findings: Findings, pod: Fields | undefined, path: JsonPath): void {
  const at = [...path, 'spec'];
  const spec = fieldsOf(findings, pod?.get('spec'), at, 'a pod spec');
  if (spec === undefined) return;
  textOf(findings, spec.get('nodeName'), [...at, 'nodeName']);
  booleanOf(findings, spec.get('hostNetwork'), [...at, 'hostNetwork']);
  for (const field of ['containers', 'initContainers']) {
    listOf(findings, spec.get(field), [...at, field], (container, own) => checkContainer(findings, container, own));
  }
}

function checkContainer(findings: Findings, node: YamlNode, path: JsonPath): void {
  const container = fieldsOf(findings, node, path, 'a container');
  textOf(findings, container?.get('restartPolicy'), [...path, 'restartPolicy']);
  listOf(findings, container?.get('ports'), [...path, 'ports'], (item, at) => {
    const port = fieldsOf(findings, item, at, 'a container port');
    textOf(findings, port?.get('name'), [...at, 'name'], portName);
    portNumberOf(findings, port?.get('containerPort'), [...at, 'containerPort']);
    const hostPort = port?.get('hostPort');
    if (hostPort?.value !== 0) portNumberOf(findings, hostPort, [...at, 'hostPort']);
    oneOf(findings, port?.get('protocol'), [...at, 'protocol'], PROTOCOLS);
  });
}

/** Checks those fields of a Service that are read. */
export function checkService(findings: Findings, object: YamlNode): void {
  const path = ['spec'];
  const spec = fieldsOf(findings, object.fields?.get('spec'), path, 'a Service spec');
  if (spec === undefined) return;
  readLabels(findings, spec.get('selector'), [...path, 'selector']);
  textOf(findings, spec.get('clusterIP'), [...path, 'clusterIP']);
  for (const field of ['clusterIPs', 'externalIPs']) {
    listOf(findings, spec.get(field), [...path, field], (item, at) => textOf(findings, item, at));
  }
  const policies = ['Local', 'Cluster'] as const;
  oneOf(findings, spec.get('externalTrafficPolicy'), [...path, 'externalTrafficPolicy'], policies);
  listOf(findings, spec.get('ports'), [...path, 'ports'], (item, at) => checkServicePort(findings, item, at));
}

function checkServicePort(findings: Findings, node: YamlNode, path: JsonPath): void {
  const port = fieldsOf(findings, node, path, 'a Service port');
  textOf(findings, port?.get('name'), [...path, 'name']);
  portNumberOf(findings, port?.get('port'), [...path, 'port']);
  oneOf(findings, port?.get('protocol'), [...path, 'protocol'], PROTOCOLS);
  const nodePort = port?.get('nodePort');
  if (nodePort?.value !== 0) portNumberOf(findings, nodePort, [...path, 'nodePort']);
  const targetPort = port?.get('targetPort');
  if (targetPort?.value !== 0) portOf(findings, targetPort, [...path, 'targetPort']);
}
