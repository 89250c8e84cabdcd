import type { JsonPath } from '../core/diagnostics/json-path.ts';
import { isBehind } from '../core/model/service-pods.ts';
import type {
  OutsideHost,
  ScenarioContainer,
  ScenarioNamespace,
  ScenarioPod,
  ScenarioService,
} from '../core/scenario/scenario.ts';
import { type Findings, report } from './findings.ts';
import { checkHostNetwork } from './scenario-host-network.ts';
import { readNodes } from './scenario-nodes.ts';
import { outsideOf } from './scenario-outside.ts';
import { type Complain, checkPorts, portText, servedPortOf, servicePortOf } from './scenario-ports.ts';
import type { ScenarioFile } from './scenario-schema.ts';
import type { PodForm } from './scenario-schema-pod.ts';
import { nodeAt, type YamlNode } from './yaml-node.ts';

/** The namespaces, pods and Services of a scenario. */
export interface Topology {
  readonly namespaces: readonly ScenarioNamespace[];
  readonly pods: readonly ScenarioPod[];
  readonly services: readonly ScenarioService[];
  readonly outside?: readonly OutsideHost[];
}

/** What they are read from: the file as its schema has it, and its node for positions. */
export interface ScenarioSource {
  readonly file: ScenarioFile;
  readonly root: YamlNode;
}

/** Reads the namespaces with their pods and Services and checks what the schema cannot: ports, backends, who probes. */
export function readTopology(findings: Findings, { file, root }: ScenarioSource): Topology {
  const complain = (path: JsonPath, expected: string, found: string, hint?: string): void => {
    const position = (nodeAt(root, path) ?? root).keyPosition;
    report(findings, { code: 'scenario-topology', path, position, expected, found, ...(hint ? { hint } : {}) });
  };
  const entries = Object.entries(file.namespaces);
  const nodes = readNodes(file, complain);
  const pods = entries.flatMap(([namespace, form]) =>
    Object.entries(form.pods).map(([name, pod]): ScenarioPod => {
      const path = ['namespaces', namespace, 'pods', name];
      const containers = containersOf(pod);
      const ports = [...pod.ports.map(servedPortOf), ...containers.flatMap((container) => container.ports)];
      checkPorts(path, ports, complain);
      if (pod.image === 'idle' && ports.length > 0) {
        complain([...path, 'ports'], 'no ports on an idle pod, which does nothing', 'some');
      }
      if (pod.image !== 'agent' && containers.length > 0) {
        complain([...path, 'containers'], 'more containers in agent pods only', `some on image ${pod.image}`);
      }
      if (pod.hostNetwork) checkHostNetwork(path, ports, complain);
      const node = nodes.get(`${namespace}/${name}`);
      const probes = probeMethodOf(pod.image);
      if (probes === 'wget' && ports.length > 0) {
        complain([...path, 'ports'], 'no ports on a pod of the alpine image, which serves nothing', 'some');
      }
      if (pod.identityPage && probes !== undefined) {
        complain([...path, 'identityPage'], 'an identity page on an nginx pod only', `one on image ${pod.image}`);
      }
      return {
        ...{ namespace, name, labels: pod.labels, image: pod.image, ports, probes, identityPage: pod.identityPage },
        ...(containers.length > 0 && { containers }),
        ...(node !== undefined && { node }),
        ...(pod.hostNetwork && { hostNetwork: true }),
      };
    }),
  );
  const services = entries.flatMap(([namespace, form]) =>
    Object.entries(form.services).map(([name, service]): ScenarioService => {
      const path = ['namespaces', namespace, 'services', name];
      const ports = service.ports.map(servicePortOf);
      checkPorts(path, ports, complain);
      const { selector, headless, nodePort } = service;
      if (headless && nodePort !== undefined)
        complain([...path, 'nodePort'], 'no NodePort on a headless Service', 'one');
      const read = { namespace, name, selector, ports, ...(headless && { headless }), ...trafficPolicyOf(nodePort) };
      checkBackends(path, read, pods, complain);
      return read;
    }),
  );
  if (!pods.some(({ probes }) => probes !== undefined)) {
    complain(['namespaces'], 'at least one pod that probes', 'none', 'add a pod such as client: {}');
  }
  const outside = outsideOf(file, complain);
  const namespaces = entries.map(([name, { labels }]) => ({ name, labels }));
  return { namespaces, pods, services, ...(outside.length > 0 && { outside }) };
}

function trafficPolicyOf(nodePort: 'Local' | 'Cluster' | undefined): Pick<ScenarioService, 'externalTrafficPolicy'> {
  return nodePort === undefined ? {} : { externalTrafficPolicy: nodePort };
}

function containersOf({ containers }: PodForm): readonly ScenarioContainer[] {
  return Object.entries(containers).map(([name, { sidecar, ports }]) => ({
    ...{ name, sidecar },
    ports: ports.map(servedPortOf),
  }));
}

/** Agents probe by themselves, alpine pods by their wget, others not at all. */
function probeMethodOf(image: string): ScenarioPod['probes'] {
  if (image === 'agent') return 'agent';
  return /^(?:.*\/)?alpine(?:[:@].*)?$/.test(image) ? 'wget' : undefined;
}

type AnyPort = ScenarioPod['ports'][number];

function checkBackends(
  path: JsonPath,
  { namespace, name, selector, ports }: ScenarioService,
  pods: readonly ScenarioPod[],
  complain: Complain,
): void {
  if (Object.keys(selector).length === 0) {
    complain([...path, 'selector'], 'at least one label', 'none');
    return;
  }
  const backends = pods.filter((pod) => isBehind({ namespace, selector }, pod));
  if (backends.length === 0) {
    const labels = Object.entries(selector).map(([key, value]) => `${key}=${value}`);
    const hint = 'a Service needs a pod behind it from the start, or its cells cannot be open without policies';
    complain([...path, 'selector'], `a pod of namespace ${namespace} with ${labels.join(', ')}`, 'none', hint);
    return;
  }
  for (const [index, { port, targetPort = port, protocol }] of ports.entries()) {
    const serves = (each: AnyPort) =>
      each.protocol === protocol && (typeof targetPort === 'number' ? each.port : each.name) === targetPort;
    if (backends.some((pod) => pod.ports.some(serves))) continue;
    const names = backends.map((pod) => pod.name).join(', ');
    const served = backends.flatMap((pod) => pod.ports.map(portText)).join(', ');
    complain(
      [...path, 'ports', index],
      `a port that a pod behind ${name} (${names}) serves: ${served || 'they serve none'}`,
      `${targetPort}/${protocol}`,
    );
  }
}
