import type { ScenarioService } from './scenario.ts';

/** A Service of a scenario as it goes to the API server, in its real namespace; `dualStack` where the cluster has both families. */
export function serviceManifest(
  service: ScenarioService,
  namespace: string,
  { dualStack = false }: { readonly dualStack?: boolean },
) {
  const { externalTrafficPolicy } = service;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: service.name, namespace },
    spec: {
      ...(dualStack && { ipFamilyPolicy: 'PreferDualStack' }),
      ...(service.headless && { clusterIP: 'None' }),
      ...(externalTrafficPolicy !== undefined && { type: 'NodePort', externalTrafficPolicy }),
      selector: service.selector,
      ports: service.ports.map((port) => ({ name: `${port.protocol.toLowerCase()}-${port.port}`, ...port })),
    },
  };
}
