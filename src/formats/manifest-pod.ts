import type { ContainerPort, Pod } from '../core/model/pod.ts';
import type { Labels } from '../core/model/selector.ts';
import type { Json } from '../core/scenario/scenario.ts';
import { isProtocol, itemsOf, type JsonObject, objectOf, textsOf } from './json-fields.ts';
import { workloadPath } from './manifest-workload.ts';

/**
 * The pods that an object stands for: a Pod itself; of a workload with one pod that one, under the workload's name, of
 * one with more a second too (`web#2`), for a pod reaches itself but not always its twin; of one with none, none. Empty
 * for other kinds.
 */
export function podsFrom(kind: string, object: JsonObject, namespace: string, name: string): readonly Pod[] {
  if (kind === 'Pod') return [readPod(object, namespace, name)];
  const path = workloadPath(kind);
  if (path === undefined) return [];
  const spec = objectOf(path.reduce<Json | undefined>((value, field) => objectOf(value)[field], object));
  if (spec.template === undefined || spec.template === null) return [];
  const counts = [spec.replicas, spec.parallelism].map((count) => Number(count ?? 1));
  if (counts.includes(0)) return [];
  const several = kind === 'DaemonSet' || counts.some((count) => count > 1);
  return (several ? [name, `${name}#2`] : [name]).map((own) => readPod(objectOf(spec.template), namespace, own));
}

function readPod(object: JsonObject, namespace: string, name: string): Pod {
  const spec = objectOf(object.spec);
  const status = objectOf(object.status);
  const listed = itemsOf(status.podIPs).map(({ ip }) => ip);
  const ips = (listed.length > 0 ? listed : [status.podIP]).filter((ip) => typeof ip === 'string');
  const finished = status.phase === 'Succeeded' || status.phase === 'Failed';
  return {
    namespace,
    name,
    labels: labelsFrom(object),
    ports: [...itemsOf(spec.containers), ...itemsOf(spec.initContainers).filter(isSidecar)].flatMap(portsOf),
    ips,
    ...(typeof spec.nodeName === 'string' && { node: spec.nodeName }),
    ...(spec.hostNetwork === true && { hostNetwork: true }),
    ...(typeof objectOf(object.metadata).deletionTimestamp === 'string' && { terminating: true }),
    ...(finished && { finished }),
  };
}

/** Init containers that go on running serve ports too. */
function isSidecar(container: JsonObject): boolean {
  return container.restartPolicy === 'Always';
}

function portsOf(container: JsonObject): readonly ContainerPort[] {
  return itemsOf(container.ports).flatMap(({ name, containerPort, hostPort, protocol = 'TCP' }) =>
    typeof containerPort === 'number' && isProtocol(protocol)
      ? [
          {
            ...(typeof name === 'string' && { name }),
            port: containerPort,
            protocol,
            ...(typeof hostPort === 'number' && { hostPort }),
          },
        ]
      : [],
  );
}

/** The labels of an object; values that are no text are left out. */
export function labelsFrom(object: JsonObject): Labels {
  return textsOf(objectOf(object.metadata).labels);
}
