import type { Change, Scenario, ScenarioManifest, ScenarioPod } from '../../../src/core/scenario/scenario.ts';

const pod = (namespace: string, name: string, labels: Record<string, string>, ports: number[] = []): ScenarioPod => ({
  namespace,
  name,
  labels,
  image: 'agent',
  ports: ports.map((port) => ({ port, protocol: 'TCP' as const })),
  probes: 'agent',
  identityPage: true,
});

const position = { file: 'policy.yaml', line: 1, column: 1 };

/** A NetworkPolicy in namespace `x` that selects app=web. */
export function policy(name: string, spec: object): ScenarioManifest {
  const full = { podSelector: { matchLabels: { app: 'web' } }, ...spec };
  return {
    kind: 'NetworkPolicy',
    name,
    namespace: 'x',
    tree: { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name }, spec: full },
    position,
    text: '',
    policy: { metadata: { name, namespace: 'x' }, spec: full },
  };
}

/** Clients in two namespaces and a web pod behind a Service; the steps are the caller's. */
export function webScenario(
  steps: readonly { readonly name: string; readonly changes: readonly Change[] }[],
): Scenario {
  return {
    id: 'test/web',
    file: 'web.yaml',
    title: 'web',
    why: 'a test',
    origin: undefined,
    tags: [],
    namespaces: [
      { name: 'x', labels: {} },
      { name: 'y', labels: {} },
    ],
    pods: [pod('x', 'web', { app: 'web' }, [80]), pod('x', 'client', {}), pod('y', 'client', { role: 'other' })],
    services: [{ namespace: 'x', name: 'web', selector: { app: 'web' }, ports: [{ port: 80, protocol: 'TCP' }] }],
    paths: ['pod-ip', 'cluster-ip'],
    wgetPath: ['dns'],
    steps: steps.map((step) => ({
      ...step,
      expect: undefined,
      budgetMs: undefined,
      holdMs: undefined,
      flapsAllowed: false,
    })),
    notes: [],
  };
}
