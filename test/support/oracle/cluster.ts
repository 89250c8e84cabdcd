import type { ClusterState } from '../../../src/core/model/cluster-state.ts';
import type { Pod } from '../../../src/core/model/pod.ts';
import { splitName } from '../../../src/core/model/pod-name.ts';
import type { NetworkPolicy } from '../../../src/core/model/policy.ts';
import type { Protocol } from '../../../src/core/model/protocol.ts';
import type { Labels } from '../../../src/core/model/selector.ts';
import type { Oracle } from '../../../src/core/oracle/oracle.ts';
import { readManifests } from '../../../src/formats/manifest.ts';

const PROTOCOLS: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];

/** Pods as upstream's tests have them: label `pod=NAME`, ports 80 and 81 named `serve-80-tcp` …, an address each. */
export function pods(names: string, extra: Readonly<Record<string, Labels>> = {}): readonly Pod[] {
  return names.split(' ').map((full, i) => {
    const [namespace = '', name = ''] = full.split('/');
    return {
      namespace,
      name,
      labels: { pod: name, ...extra[full] },
      ports: [80, 81].flatMap((port) =>
        PROTOCOLS.map((protocol) => ({ name: `serve-${port}-${protocol.toLowerCase()}`, port, protocol })),
      ),
      ips: [`10.244.${i % 3}.${i + 10}`],
    };
  });
}

let count = 0;

/** A policy from `NAMESPACE` and its spec as YAML; throws on a spec that the API server would refuse. */
export function policy(namespace: string, spec: string): NetworkPolicy {
  const head = `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p${count++}, namespace: "${namespace}"}\n`;
  const { documents, problems } = readManifests(`${head}spec: ${spec}\n`, 'test.yaml');
  const [document] = documents;
  if (document?.policy === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
  return document.policy;
}

/** A policy by its name, `NAMESPACE/NAME`, and its spec as YAML. */
export function namedPolicy(full: string, spec: string): NetworkPolicy {
  const { namespace, name } = splitName(full);
  return { ...policy(namespace, spec), metadata: { name, namespace } };
}

/** A state with the namespaces of its pods. */
export function cluster(
  allPods: readonly Pod[],
  policies: readonly NetworkPolicy[],
  namespaces: Readonly<Record<string, Labels>> = {},
): ClusterState {
  const names = new Set(allPods.map(({ namespace }) => namespace));
  return {
    pods: allPods,
    policies,
    services: [],
    namespaces: [...names].map((name) => ({ name, labels: namespaces[name] ?? {} })),
  };
}

/** Every denied pair, `x/a->y/b`, in order. */
export function deniedPairs(oracle: Oracle, port: number, protocol: Protocol): readonly string[] {
  const all = oracle.pods();
  return all.flatMap((from) =>
    all
      .filter((to) => oracle.decide({ from: { pod: from }, to: { pod: to }, port, protocol }).verdict === 'denied')
      .map((to) => `${from.namespace}/${from.name}->${to.namespace}/${to.name}`),
  );
}

/** The pairs that `deny` patterns match and `except` patterns do not; a pod to itself never. `*` is any part. */
export function pairsOf(
  all: readonly Pod[],
  deny: readonly string[],
  except: readonly string[] = [],
): readonly string[] {
  const matches = (pattern: string, pair: string) => new RegExp(`^${pattern.replaceAll('*', '[^>]*')}$`).test(pair);
  const names = all.map(({ namespace, name }) => `${namespace}/${name}`);
  return names
    .flatMap((from) => names.filter((to) => to !== from).map((to) => `${from}->${to}`))
    .filter((pair) => deny.some((each) => matches(each, pair)) && !except.some((each) => matches(each, pair)));
}
