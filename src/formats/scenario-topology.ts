import type { JsonPath } from '../core/diagnostics/json-path.ts';
import type { OutsideHost, ScenarioNamespace, ScenarioPod, ScenarioService } from '../core/scenario/scenario.ts';
import { type Findings, report } from './findings.ts';
import { readNodes } from './scenario-nodes.ts';
import { outsideOf } from './scenario-outside.ts';
import { podOf } from './scenario-pod.ts';
import type { ScenarioFile } from './scenario-schema.ts';
import { serviceOf } from './scenario-service.ts';
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
    Object.entries(form.pods).map(([name, pod]) => {
      const path = ['namespaces', namespace, 'pods', name];
      if (pod.firstInstant) {
        const expected =
          'a pod that a step creates: before the first step there is no policy to hold from an instant on';
        complain([...path, 'firstInstant'], expected, 'one that is there from the beginning');
      }
      if (pod.takesAddressOf !== undefined) {
        complain([...path, 'takesAddressOf'], 'the address of another for a pod that a step creates', 'an earlier pod');
      }
      if (pod.dialledAhead) {
        complain([...path, 'dialledAhead'], 'a pod that a step creates', 'one that is there from the beginning');
      }
      return podOf({ namespace, name, path }, pod, nodes.get(`${namespace}/${name}`), complain);
    }),
  );
  const services = entries.flatMap(([namespace, form]) =>
    Object.entries(form.services).map(([name, service]) => {
      const path = ['namespaces', namespace, 'services', name];
      return serviceOf({ namespace, name, path }, service, pods, complain);
    }),
  );
  if (!pods.some(({ probes }) => probes !== undefined)) {
    complain(['namespaces'], 'at least one pod that probes', 'none', 'add a pod such as client: {}');
  }
  const outside = outsideOf(file, complain);
  const namespaces = entries.map(([name, { labels }]) => ({ name, labels }));
  return { namespaces, pods, services, ...(outside.length > 0 && { outside }) };
}
