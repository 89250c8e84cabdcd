import type { JsonPath } from '../core/diagnostics/json-path.ts';
import { isBehind, takesTraffic } from '../core/model/service-pods.ts';
import type { ScenarioPod, ScenarioService } from '../core/scenario/scenario.ts';
import type { PlaceInFile } from './scenario-pod.ts';
import { type Complain, checkPorts, portText, servicePortOf } from './scenario-ports.ts';
import type { NamespaceForm } from './scenario-schema-namespace.ts';

/** A Service as the file has it, with pods behind it that serve its ports. */
export function serviceOf(
  { namespace, name, path }: PlaceInFile,
  { selector, headless, nodePort, ports: forms }: NamespaceForm['services'][string],
  pods: readonly ScenarioPod[],
  complain: Complain,
): ScenarioService {
  const ports = forms.map(servicePortOf);
  checkPorts(path, ports, complain);
  if (headless && nodePort !== undefined) {
    complain([...path, 'nodePort'], 'no NodePort on a headless Service', 'one');
  }
  const read = { namespace, name, selector, ports, ...(headless && { headless }), ...trafficPolicyOf(nodePort) };
  checkBackends(path, read, pods, complain);
  return read;
}

function trafficPolicyOf(nodePort: 'Local' | 'Cluster' | undefined): Pick<ScenarioService, 'externalTrafficPolicy'> {
  return nodePort === undefined ? {} : { externalTrafficPolicy: nodePort };
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
  const backends = pods.filter((pod) => takesTraffic(pod) && isBehind({ namespace, selector }, pod));
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
