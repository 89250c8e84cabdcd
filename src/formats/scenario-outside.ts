import { OUTSIDE, type OutsideHost } from '../core/scenario/scenario.ts';
import { type Complain, checkPorts, servedPortOf } from './scenario-ports.ts';
import type { ScenarioFile } from './scenario-schema.ts';

/** The hosts outside the pod network. A namespace of the name that they have in patterns is a mistake. */
export function outsideOf({ outside, namespaces }: ScenarioFile, complain: Complain): readonly OutsideHost[] {
  const hosts = Object.entries(outside).map(([name, form]): OutsideHost => {
    const ports = form.ports.map(servedPortOf);
    checkPorts(['outside', name], ports, complain);
    return { name, ports };
  });
  if (hosts.length > 0 && OUTSIDE in namespaces) {
    const expected = `another name than "${OUTSIDE}", which the hosts outside have`;
    complain(['namespaces', OUTSIDE], expected, `"${OUTSIDE}"`);
  }
  return hosts;
}
