import { scenarioSchema } from '../../../src/formats/scenario-schema.ts';
import { podSchema } from '../../../src/formats/scenario-schema-pod.ts';
import type { ScenarioParts } from '../../support/scenario/scenario-text.ts';

/** A scenario with mistakes and what has to be said of them: `line:column code message [hint]`. */
interface BrokenScenario {
  readonly title: string;
  readonly parts?: ScenarioParts;
  readonly text?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly problems: readonly string[];
}

const FIELDS = Object.keys(scenarioSchema.shape).join(', ');
const POD_FIELDS = Object.keys(podSchema.shape).join(', ');

/** Scenarios that have to be refused. */
export const BROKEN_SCENARIOS: readonly BrokenScenario[] = [
  {
    title: 'a text that is no YAML',
    parts: { head: 'title: [' },
    problems: [
      '2:1 yaml-syntax YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
  },
  {
    title: 'two documents',
    text: 'title: a\n---\ntitle: b\n',
    problems: ['1:1 scenario-documents expected one YAML document, found 2'],
  },
  {
    title: 'nothing',
    text: '# nothing\n',
    problems: ['1:1 scenario-documents expected one YAML document, found 0'],
  },
  {
    title: 'a list',
    text: '- title: a\n',
    problems: ['1:1 scenario-type expected a mapping, found a list'],
  },
  {
    title: 'a manifest',
    text: '{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p}, spec: {}}\n',
    problems: [
      '1:1 scenario-missing expected "title" (a text), found none',
      '1:1 scenario-missing expected "why" (a text), found none',
      '1:1 scenario-missing expected "namespaces" (a mapping), found none',
      '1:1 scenario-missing expected "steps" (a list), found none',
      `1:2 scenario-unknown-field expected one of the fields ${FIELDS}, found "apiVersion"`,
      `1:36 scenario-unknown-field expected one of the fields ${FIELDS}, found "kind"`,
      `1:57 scenario-unknown-field expected one of the fields ${FIELDS}, found "metadata"`,
      `1:78 scenario-unknown-field expected one of the fields ${FIELDS}, found "spec"`,
    ],
  },
  {
    title: 'fields that are missing, unknown or of the wrong kind',
    parts: { head: 'title: 7\nwhi: w\ntags: [A b]' },
    problems: [
      '1:1 scenario-missing expected "why" (a text), found none',
      '1:8 scenario-type title: expected a text, found the number 7 [put it in quotes]',
      `2:1 scenario-unknown-field expected one of the fields ${FIELDS}, found "whi" [did you mean "why"?]`,
      '3:8 scenario-value tags[0]: expected a tag of a-z, 0-9, - and ., found "A b"',
    ],
  },
  {
    title: 'a misspelt field of a pod',
    parts: { pods: '      a: {lables: {app: a}}\n      b: {labels: {app: b}, ports: [80]}' },
    problems: [
      `6:11 scenario-unknown-field namespaces.x.pods.a: expected one of the fields ${POD_FIELDS}, found "lables" [did you mean "labels"?]`,
    ],
  },
  {
    title: 'labels that are no labels',
    parts: { pods: '      a: {labels: {"a b": c, n: 1, v: -x, "": y}}\n      b: {labels: {app: b}, ports: [80]}' },
    problems: [
      '6:20 scenario-value namespaces.x.pods.a.labels: expected a label key ([DNS name/]name, name at most 63 of letters, digits, -, _ and ., first and last alphanumeric), found "a b"',
      '6:33 scenario-type namespaces.x.pods.a.labels.n: expected a text, found the number 1 [put it in quotes]',
      '6:39 scenario-value namespaces.x.pods.a.labels.v: expected a label value (empty, or at most 63 of letters, digits, -, _ and ., first and last alphanumeric), found "-x"',
      '6:43 scenario-value namespaces.x.pods.a.labels: expected a label key ([DNS name/]name, name at most 63 of letters, digits, -, _ and ., first and last alphanumeric), found ""',
    ],
  },
  {
    title: 'nodes that cannot be',
    parts: {
      pods: '      a: {node: 3}\n      b: {labels: {app: b}, ports: [80]}',
    },
    problems: [
      '6:17 scenario-value namespaces.x.pods.a.node: expected 1, 2, {same: x/a} or {other: x/a}, found the number 3',
    ],
  },
  {
    title: 'nodes of pods that are not there, or that ask each other; containers where no agent is',
    parts: {
      pods: '      a: {node: {same: x/bb}}\n      b: {labels: {app: b}, ports: [80], node: {other: x/c}}\n      c: {node: {same: x/b}}\n      d: {image: nginx, ports: [80], containers: {e: {ports: [81]}}}',
    },
    problems: [
      '6:11 scenario-topology namespaces.x.pods.a.node: expected a pod of the scenario (x/a, x/b, x/c, x/d), found "x/bb" [did you mean "x/b"?]',
      '8:11 scenario-topology namespaces.x.pods.c.node: expected pods that do not ask each other for their node, found "x/b", which asks this one',
      '9:38 scenario-topology namespaces.x.pods.d.containers: expected more containers in agent pods only, found some on image nginx',
    ],
  },
  {
    title: 'ports that are no ports',
    parts: {
      pods: '      a: {ports: [0, 65536, 80/TPC, 70000/UDP, true, {port: 80, protocol: udp}, {number: 80}]}\n      b: {labels: {app: b}, ports: [80]}',
    },
    problems: [
      '6:19 scenario-value namespaces.x.pods.a.ports[0]: expected a port number from 1 to 65535, found the number 0',
      '6:22 scenario-value namespaces.x.pods.a.ports[1]: expected a port number from 1 to 65535, found the number 65536',
      '6:29 scenario-value namespaces.x.pods.a.ports[2]: expected a port such as 80/UDP (TCP, UDP or SCTP), found "80/TPC"',
      '6:37 scenario-value namespaces.x.pods.a.ports[3]: expected a port number from 1 to 65535, found "70000/UDP"',
      '6:48 scenario-value namespaces.x.pods.a.ports[4]: expected a port: 80, 80/UDP or {port: 80, protocol: UDP, name: dns}, found the boolean true',
      '6:75 scenario-value namespaces.x.pods.a.ports[5].protocol: expected "TCP" or "UDP" or "SCTP", found "udp"',
      '6:81 scenario-missing namespaces.x.pods.a.ports[6]: expected "port" (a port number from 1 to 65535), found none',
      '6:82 scenario-unknown-field namespaces.x.pods.a.ports[6]: expected one of the fields port, protocol, name, hostPort, payloadBytes, found "number"',
    ],
  },
  {
    title: 'a name that is no name',
    parts: { pods: '      A_1: {}\n      b: {labels: {app: b}, ports: [80]}' },
    problems: [
      '6:7 scenario-value namespaces.x.pods: expected a lower-case DNS label (at most 63 of a-z, 0-9 and -, first and last alphanumeric), found "A_1"',
    ],
  },
  {
    title: 'ports and names of ports stated twice',
    parts: {
      pods: '      a: {ports: [80, 80/TCP, {port: 81, name: web}, {port: 82, name: web}]}\n      b: {labels: {app: b}, ports: [80]}',
    },
    problems: [
      '6:23 scenario-topology namespaces.x.pods.a.ports[1]: expected each port once, found 80/TCP again',
      '6:54 scenario-topology namespaces.x.pods.a.ports[3]: expected each name once for TCP, found "web" again',
    ],
  },
  {
    title: 'ports and a page on pods that have none',
    parts: {
      pods: '      a: {identityPage: true}\n      b: {labels: {app: b}, ports: [80]}\n      w: {image: "alpine:3.22", ports: [80]}',
    },
    problems: [
      '6:11 scenario-topology namespaces.x.pods.a.identityPage: expected an identity page on an nginx pod only, found one on image agent',
      '8:33 scenario-topology namespaces.x.pods.w.ports: expected no ports on a pod of the alpine image, which serves nothing, found some',
    ],
  },
  {
    title: 'a scenario in which nobody probes',
    parts: { pods: '      b: {image: nginx, labels: {app: b}, ports: [80]}' },
    problems: [
      '3:1 scenario-topology namespaces: expected at least one pod that probes, found none [add a pod such as client: {}]',
    ],
  },
  {
    title: 'a Service without ports',
    parts: {
      services:
        '      b: {selector: {app: c}, ports: [80]}\n      c: {selector: {app: b}, ports: [81, {port: 80, targetPort: http}]}\n      d: {selector: {}, ports: [80]}\n      e: {selector: {app: b}, ports: []}',
    },
    problems: ['13:38 scenario-value namespaces.x.services.e.ports: expected at least one port, found an empty list'],
  },
  {
    title: 'Services without a pod or without its port',
    parts: {
      services:
        '      b: {selector: {app: c}, ports: [80]}\n      c: {selector: {app: b}, ports: [81, {port: 80, targetPort: http}]}\n      d: {selector: {}, ports: [80]}',
    },
    problems: [
      '10:11 scenario-topology namespaces.x.services.b.selector: expected a pod of namespace x with app=c, found none [a Service needs a pod behind it from the start, or its cells cannot be open without policies]',
      '11:39 scenario-topology namespaces.x.services.c.ports[0]: expected a port that a pod behind c (b) serves: 80/TCP, 81/UDP, found 81/TCP',
      '11:43 scenario-topology namespaces.x.services.c.ports[1]: expected a port that a pod behind c (b) serves: 80/TCP, 81/UDP, found http/TCP',
      '12:11 scenario-topology namespaces.x.services.d.selector: expected at least one label, found none',
    ],
  },
  {
    title: 'steps of one name',
    parts: { steps: '  - {name: one}\n  - {name: one}' },
    problems: ['13:6 scenario-step steps[1].name: expected each name of a step once, found "one" again'],
  },
  {
    title: 'no step',
    parts: { steps: '  []' },
    problems: ['12:3 scenario-value steps: expected at least one step, found an empty list'],
  },
  {
    title: 'durations that are none',
    parts: { steps: '  - {name: one, budget: 5, hold: 1 minute}' },
    problems: [
      '12:25 scenario-type steps[0].budget: expected a duration such as 250ms or 5s, found the number 5',
      '12:34 scenario-value steps[0].hold: expected a duration such as 250ms or 5s, found "1 minute"',
    ],
  },
  {
    title: 'flaps that are not spelt "allowed"',
    parts: { steps: '  - {name: one, flaps: allowed}\n  - {name: two, flaps: true}' },
    problems: ['13:24 scenario-value steps[1].flaps: expected "allowed", found the boolean true'],
  },
  {
    title: 'flaps where nothing changes',
    parts: { steps: '  - {name: one, flaps: allowed}' },
    problems: [
      '12:17 scenario-step steps[0].flaps: expected flaps allowed only where a step changes several objects, found changes: 0',
    ],
  },
  {
    title: 'a policy file that is not there',
    parts: { steps: '  - {name: one, apply: [deny.yaml]}' },
    problems: [
      '12:25 scenario-file steps[0].apply[0]: expected the name of a file beside the scenario, found "deny.yaml", and there is no deny.yaml',
    ],
  },
  {
    title: 'a policy file with mistakes, each said once',
    parts: { steps: '  - {name: one, apply: [p.yaml]}\n  - {name: two, apply: [p.yaml]}' },
    files: {
      'p.yaml':
        '{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p}, spec: {podSelector: {}, ingress: [{form: []}]}}\n',
    },
    problems: [
      'p.yaml:1:113 manifest-unknown-field spec.ingress[0]: expected a field of an ingress rule (from, ports), found "form" [did you mean "from"?]',
    ],
  },
  {
    title: 'a policy with mistakes in the scenario',
    parts: {
      steps:
        '  - {name: one, apply: [{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p}, spec: {ingress: [{ports: [{port: 70000}]}]}}]}',
    },
    problems: [
      '12:135 manifest-value spec.ingress[0].ports[0].port: expected a port number from 1 to 65535, found 70000',
    ],
  },
  {
    title: 'something else than a policy',
    parts: { steps: '  - {name: one, apply: [{apiVersion: v1, kind: Service, metadata: {name: b}}]}' },
    problems: ['12:48 scenario-policy-kind kind: expected a NetworkPolicy of networking.k8s.io/v1, found "Service"'],
  },
  {
    title: 'a policy for a namespace that is not there',
    parts: {
      steps:
        '  - {name: one, apply: [{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p, namespace: z}, spec: {podSelector: {}}}]}',
    },
    problems: [
      '12:112 scenario-unknown-name metadata.namespace: expected a namespace of the scenario (x), found "z" [did you mean "x"?]',
    ],
  },
  {
    title: 'placeholders that cannot be filled',
    parts: {
      steps: `  - {name: one, apply: [{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p}, spec: {egress: [{to: [{ipBlock: {cidr: "\${ip:x/c}/32"}}]}]}}]}`,
    },
    problems: [
      `12:141 scenario-unknown-name spec.egress[0].to[0].ipBlock.cidr: expected a pod of the scenario (x/a, x/b, x/w), found "x/c" in \${ip:x/c} [did you mean "x/a"?]`,
    ],
  },
  {
    title: 'placeholders that give no CIDR',
    parts: {
      steps: `  - {name: one, apply: [{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p}, spec: {egress: [{to: [{ipBlock: {cidr: "\${ip:x/b}/33"}}, {ipBlock: {cidr: "\${adress:x/b}/32"}}, {ipBlock: {cidr: "\${cidr:x/b/24}", except: ["\${cidr:x/b/8}"]}}]}]}}]}`,
    },
    problems: [
      '12:141 manifest-value spec.egress[0].to[0].ipBlock.cidr: expected a CIDR (for example 10.9.8.0/24 or 2001:db8::/64), found "10.244.0.11/33"',
      `12:176 manifest-value spec.egress[0].to[1].ipBlock.cidr: expected a CIDR (for example 10.9.8.0/24 or 2001:db8::/64), found "\${adress:x/b}/32"`,
      '12:242 manifest-value spec.egress[0].to[2].ipBlock.except[0]: expected a part of 10.244.0.0/24, smaller than it, found 10.0.0.0/8',
    ],
  },
  {
    title: 'nodes that are cut off twice, never joined, or asked to do something meanwhile',
    parts: {
      steps: `  - {name: one, join-api-server: all}
  - {name: two, cut-api-server: all}
  - {name: three, create: {x/c: {ports: [80]}}, restart-agent: kill, remove: [x/c]}
  - {name: four, label: {x/a: {v: "1"}}, remove: {x/a: {grace: 0}}, cut-api-server: all}`,
    },
    problems: [
      '12:5 scenario-cut steps: expected cut-api-server before nodes are joined (step "one"), found none',
      ...['create', 'restart-plugin', 'remove-pod'].map(
        (kind) =>
          `14:5 scenario-cut steps: expected nothing that nodes have to do while they do not reach the API server (step "three"), found ${kind}`,
      ),
      '15:5 scenario-cut steps: expected join-api-server before nodes are cut off again (step "four"), found none',
      '15:5 scenario-cut steps: expected join-api-server after nodes are cut off (step "four"), found none',
    ],
  },
  {
    title: 'a deletion of one of two of a name',
    parts: {
      services: '      b: {selector: {app: b}, ports: [80]}\n  y: {pods: {a: {}}}',
      steps:
        '  - {name: one, apply: [{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: deny, namespace: x}, spec: {podSelector: {}}}, {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: deny, namespace: y}, spec: {podSelector: {}}}]}\n  - {name: two, delete: [deny]}',
    },
    problems: ['14:26 scenario-unknown-name steps[1].delete[0]: expected one policy: x/deny or y/deny, found "deny"'],
  },
  {
    title: 'a deletion of what is not there',
    parts: {
      steps:
        '  - {name: one, delete: [p]}\n  - {name: two, apply: [{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: deny}, spec: {podSelector: {}}}]}\n  - {name: three, delete: [dney]}',
    },
    problems: [
      '12:26 scenario-unknown-name steps[0].delete[0]: expected a policy in force (there is none), found "p"',
      '14:28 scenario-unknown-name steps[2].delete[0]: expected a policy in force (x/deny), found "dney" [did you mean "deny"?]',
    ],
  },
  {
    title: 'a changed label that is no label',
    parts: { steps: '  - {name: one, label: {x/c: {app: b}, z: {app: b}, x/a: {app: "b c"}}}' },
    problems: [
      '12:64 scenario-value steps[0].label.x/a.app: expected a label value (empty, or at most 63 of letters, digits, -, _ and ., first and last alphanumeric), found "b c"',
    ],
  },
  {
    title: 'a label for somebody who is not there',
    parts: { steps: '  - {name: one, label: {x/c: {app: b}, z: {app: b}}}' },
    problems: [
      '12:25 scenario-unknown-name steps[0].label.x/c: expected a pod (namespace/name) or a namespace (x/a, x/b, x/w, x), found "x/c" [did you mean "x/a"?]',
      '12:40 scenario-unknown-name steps[0].label.z: expected a pod (namespace/name) or a namespace (x/a, x/b, x/w, x), found "z" [did you mean "x"?]',
    ],
  },
  {
    title: 'an expectation that is neither "all" nor a list',
    parts: {
      steps:
        '  - {name: one, expect: {}}\n  - {name: two, expect: {allow: all, deny: all}}\n  - {name: three, expect: {allow: [x/a->x/b]}}\n  - {name: four, expect: {deny: some}}',
    },
    problems: ['15:33 scenario-value steps[3].expect.deny: expected "all" or a list of patterns, found "some"'],
  },
  {
    title: 'expectations that say nothing or two things',
    parts: {
      steps:
        '  - {name: one, expect: {}}\n  - {name: two, expect: {allow: all, deny: all}}\n  - {name: three, expect: {allow: [x/a->x/b]}}',
    },
    problems: [
      '12:17 scenario-expectation steps[0].expect: expected one of allow, deny, unresolved, reported, table, found none',
      '13:17 scenario-expectation steps[1].expect: expected "all" once, found it in allow and deny',
      '14:19 scenario-expectation steps[2].expect: expected "deny: all" beside a list of what is allowed, found none [without it everything is allowed]',
    ],
  },
  {
    title: 'patterns that are none',
    parts: { steps: '  - {name: one, expect: {deny: [x/a, a->b, "x/a -> x/b:http", "x/a->x/b:80 via dsn"]}}' },
    problems: [
      '12:33 pattern-syntax "x/a": expected FROM->TO[:PORT[/PROTOCOL]][ via PATH], each name as NAMESPACE/NAME or *, several with commas, found something else',
      '12:38 pattern-syntax "a->b": expected FROM->TO[:PORT[/PROTOCOL]][ via PATH], each name as NAMESPACE/NAME or *, several with commas, found something else',
      '12:44 pattern-syntax "x/a -> x/b:http": expected FROM->TO[:PORT[/PROTOCOL]][ via PATH], each name as NAMESPACE/NAME or *, several with commas, found something else',
      '12:63 pattern-syntax "x/a->x/b:80 via dsn": expected FROM->TO[:PORT[/PROTOCOL]][ via PATH], each name as NAMESPACE/NAME or *, several with commas, found something else',
    ],
  },
  {
    title: 'names that are not in the matrix',
    parts: { steps: '  - {name: one, expect: {deny: [x/aa->x/b, x/a->x/c, x/*->z/*, x/a->x/a]}}' },
    problems: [
      '12:33 pattern-name "x/aa->x/b": expected a pod that probes (x/a, x/b, x/w), found "x/aa" [did you mean "x/a"?]',
      '12:44 pattern-name "x/a->x/c": expected what x/a probes (x/b), found "x/c" [did you mean "x/b"?]',
      '12:54 pattern-name "x/*->z/*": expected what x/* probes (x/b, x/a), found "z/*"',
      '12:64 pattern-name "x/a->x/a": expected what x/a probes (x/b), found "x/a" [did you mean "x/b"?]',
    ],
  },
  {
    title: 'ports and ways that are not in the matrix',
    parts: {
      steps:
        '  - {name: one, expect: {deny: ["*->x/b:82", "x/a->x/b:80/UDP", x/w->x/b via cluster-ip, x/a->x/b (wget)]}}',
    },
    problems: [
      '12:33 pattern-port "*->x/b:82": expected a port of x/b (80/TCP, 81/UDP), found 82',
      '12:46 pattern-port "x/a->x/b:80/UDP": expected a port of x/b (80/TCP, 81/UDP), found 80/UDP',
      '12:65 pattern-path "x/w->x/b via cluster-ip": expected a way that is probed (via dns (wget)), found cluster-ip',
      '12:90 pattern-path "x/a->x/b (wget)": expected a way that is probed (via pod-ip (agent), via cluster-ip (agent)), found (wget)',
    ],
  },
  {
    title: 'a disruption that is none, and one of a pod that is not there',
    parts: { steps: '  - {name: one, restart-agent: reboot, stop-agent: x/a}' },
    problems: [
      '12:32 scenario-value steps[0].restart-agent: expected "delete", "kill" or {how: delete, of: x/a}, found "reboot"',
      '12:52 scenario-value steps[0].stop-agent: expected "all", found "x/a"',
    ],
  },
  {
    title: 'an agent on the node of a pod that is not there',
    parts: { steps: '  - {name: one, restart-agent: {how: kill, of: x/c}}' },
    problems: [
      '12:44 scenario-unknown-name steps[0].restart-agent: expected a pod (namespace/name) (x/a, x/b, x/w), found "x/c" [did you mean "x/a"?]',
    ],
  },
  {
    title: 'restarts of pods that are not there, or do not go on, and of nodes with pods that are not pinned',
    parts: {
      pods: `      a: {ends: completed, node: 1}
      b: {labels: {app: b}, ports: [80]}`,
      steps: `  - {name: one, restart-sandbox: [x/a, x/bb]}
  - {name: two, restart-node: 2}`,
    },
    problems: [
      '11:40 scenario-unknown-name steps[0].restart-sandbox[1]: expected a pod that is there (x/a, x/b), found "x/bb" [did you mean "x/b"?]',
      '11:17 scenario-churn steps[0].restart-sandbox: expected pods that go on when they are restarted, found x/a with an end',
      '12:17 scenario-churn steps[1].restart-node: expected every pod pinned to a node (`node: 1` or `node: 2`), found x/b without',
    ],
  },
  {
    title: 'pending pods that should run, answer, or give an address away',
    parts: {
      pods: `      a: {pending: true, image: nginx, lingers: 5s, hostNetwork: true}
      b: {labels: {app: b}, ports: [80]}
      c: {pending: true, labels: {app: b}, ports: [82]}`,
      services: '      b: {selector: {app: b}, ports: [82]}',
      steps: `  - {name: one, restart-sandbox: [x/c]}
  - {name: two, remove: [x/a], create: {x/d: {takesAddressOf: x/a}}, restart-agent: {how: kill, of: x/c}}`,
    },
    problems: [
      '6:40 scenario-topology namespaces.x.pods.a.lingers: expected no `lingers` of a pending pod, which never starts, found some',
      '6:53 scenario-topology namespaces.x.pods.a.hostNetwork: expected no `hostNetwork` of a pending pod, which never starts, found some',
      '6:26 scenario-topology namespaces.x.pods.a.image: expected no image of a pending pod, which runs nothing, found nginx',
      '10:39 scenario-topology namespaces.x.services.b.ports[0]: expected a port that a pod behind b (b) serves: 80/TCP, found 82/TCP',
      '12:17 scenario-churn steps[0].restart-sandbox: expected pods that run, found x/c, pending',
      '13:41 scenario-churn steps[1].create.x/d: expected a pod that ended, was removed or restarted (x/c), found "x/a" [did you mean "x/c"?]',
      '13:97 scenario-unknown-name steps[1].restart-agent: expected a pod (namespace/name) (x/b, x/d), found "x/c" [did you mean "x/b"?]',
    ],
  },
  {
    title: 'pods that are not ready and cannot be so, and a Service that leads to none but such',
    parts: {
      pods: `      a: {ready: false, image: nginx, ports: [80]}
      b: {ready: false, ends: failed, kubeletProbes: [http], labels: {app: b}, ports: [80]}
      c: {ready: false, pending: true}`,
    },
    problems: [
      '6:11 scenario-topology namespaces.x.pods.a.ready: expected `ready: false` of agent pods only, found image nginx',
      '7:25 scenario-topology namespaces.x.pods.b.ends: expected an end of agent pods of one container only, found one of another pod',
      '7:11 scenario-topology namespaces.x.pods.b.ready: expected a pod without an end, found one with `ends`',
      '7:11 scenario-topology namespaces.x.pods.b.ready: expected a pod without other probes, found one with `kubeletProbes`',
      '8:11 scenario-topology namespaces.x.pods.c.ready: expected a pod that starts, found a pending one',
      '10:11 scenario-topology namespaces.x.services.b.selector: expected a pod of namespace x with app=b, found none [a Service needs a pod behind it from the start, or its cells cannot be open without policies]',
    ],
  },
  {
    title: 'restarts of containers of pods that are not there, or do not go on, or have no agent',
    parts: {
      pods: `      a: {ends: completed}
      b: {labels: {app: b}, ports: [80]}
      c: {pending: true}
      w: {image: alpine}`,
      steps: '  - {name: one, restart-container: [x/a, x/bb, x/c, x/w]}',
    },
    problems: [
      '13:42 scenario-unknown-name steps[0].restart-container[1]: expected a pod that is there (x/a, x/b, x/c, x/w), found "x/bb" [did you mean "x/b"?]',
      '13:17 scenario-churn steps[0].restart-container: expected pods that run, found x/c, pending',
      '13:17 scenario-churn steps[0].restart-container: expected pods that go on when they are restarted, found x/a with an end',
      '13:17 scenario-churn steps[0].restart-container: expected agent pods, which end when they are told to, found x/w of another image',
    ],
  },
  {
    title: 'cells of a pending pod',
    parts: {
      pods: `      a: {}
      b: {labels: {app: b}, ports: [80]}
      c: {pending: true, ports: [80]}`,
      steps: '  - {name: one, expect: {allow: all, deny: ["*->x/c"]}}',
    },
    problems: ['12:45 pattern-name "*->x/c": expected what * probes (x/b), found "x/c" [did you mean "x/b"?]'],
  },
  {
    title: 'a restart of the node that may carry the API server',
    parts: { steps: '  - {name: one, restart-node: 1}' },
    problems: [
      '12:31 scenario-value steps[0].restart-node: expected 2, the second node: the first may carry the API server, found the number 1',
    ],
  },
  {
    title: 'addresses of pods that are still there, or never were, and ends of pods that do not end',
    parts: {
      pods: `      a: {ends: completed, takesAddressOf: x/b}
      b: {labels: {app: b}, ports: [80]}
      c: {image: nginx, ports: [80], ends: failed}`,
      steps: `  - name: one
    create: {x/d: {takesAddressOf: x/a}, x/e: {takesAddressOf: x/bb}}
    end: [x/b]
  - {name: two, end: [x/a], create: {x/a: {}}}
  - {name: three, remove: [x/a], create: {x/a: {}, x/f: {takesAddressOf: x/a}}}`,
    },
    problems: [
      '6:28 scenario-topology namespaces.x.pods.a.takesAddressOf: expected the address of another for a pod that a step creates, found an earlier pod',
      '8:38 scenario-topology namespaces.x.pods.c.ends: expected an end of agent pods of one container only, found one of another pod',
      '13:14 scenario-churn steps[0].create.x/d: expected a pod that ended, was removed or restarted (there is none), found "x/a"',
      '13:42 scenario-churn steps[0].create.x/e: expected a pod that ended, was removed or restarted (there is none), found "x/bb"',
      '14:11 scenario-unknown-name steps[0].end[0]: expected a pod that is there and ends (x/a, x/c), found "x/b" [did you mean "x/a"?]',
      '15:38 scenario-churn steps[1].create.x/a: expected a pod that is not there, or was removed, found "x/a"',
    ],
  },
  {
    title: 'a pod that is dialled ahead at an address that nobody knows',
    parts: { steps: '  - {name: one, create: {x/d: {dialledAhead: true}}}' },
    problems: [
      '12:26 scenario-churn steps[0].create.x/d: expected an address that is known before (`takesAddressOf`) of a pod that is dialled ahead, found none',
    ],
  },
  {
    title: 'a pod that is dialled ahead where another may still answer, or that is there from the beginning',
    parts: {
      pods: `      a: {dialledAhead: true}
      b: {labels: {app: b}, ports: [80]}`,
      steps: `  - {name: one, remove: {x/b: {grace: 0}}, create: {x/b: {dialledAhead: true, takesAddressOf: x/b, labels: {app: b}}}}`,
    },
    problems: [
      '6:11 scenario-topology namespaces.x.pods.a.dialledAhead: expected a pod that a step creates, found one that is there from the beginning',
      '11:53 scenario-churn steps[0].create.x/b: expected the address of a pod that surely is gone, for one that is dialled ahead, found x/b, removed with grace 0',
    ],
  },
  {
    title: 'a node restarted where names are looked up, and two changes of a pod at once',
    parts: {
      pods: `      a: {node: 1}
      b: {node: 2, labels: {app: b}, ports: [80]}
      w: {node: 1, image: alpine}`,
      steps: `  - {name: one, restart-node: 2}
  - {name: two, together: true, restart-sandbox: [x/b], label: {x/b: {app: b}}}`,
    },
    problems: [
      '12:17 scenario-churn steps[0].restart-node: expected no pods that look names up: DNS may be on that node, found x/w',
      '13:17 scenario-step steps[1].together: expected each object once, found pod x/b again',
    ],
  },
  {
    title: 'kubelet probes of no known kind',
    parts: { pods: '      a: {kubeletProbes: [udp]}\n      b: {labels: {app: b}, ports: [80]}' },
    problems: [
      '6:27 scenario-value namespaces.x.pods.a.kubeletProbes[0]: expected "http", "tcp", "grpc" or "exec", found "udp"',
    ],
  },
  {
    title: 'kubelet probes of pods that cannot answer them, and twice the same',
    parts: {
      pods: `      a: {ports: [9101], kubeletProbes: [http, http]}
      b: {image: nginx, labels: {app: b}, ports: [80], kubeletProbes: [tcp]}
      c: {ports: [9101], hostNetwork: true, kubeletProbes: [tcp]}`,
    },
    problems: [
      '6:26 scenario-topology namespaces.x.pods.a.kubeletProbes: expected each kind of probe once, found http, http',
      '6:11 scenario-topology namespaces.x.pods.a.ports: expected other ports than those for the kubelet (9101), found 9101',
      '7:56 scenario-topology namespaces.x.pods.b.kubeletProbes: expected kubelet probes of agent pods only, found some of image nginx',
      "8:45 scenario-topology namespaces.x.pods.c.kubeletProbes: expected kubelet probes of pods on the pods' network, found some of one on its node's network",
    ],
  },
  {
    title: 'a table with too few signs and unknown ones',
    parts: {
      steps:
        '  - name: one\n    expect:\n      table: |\n        from x/a:80 x/b:80\n        x/a  -      o\n        x/b  .',
    },
    problems: [
      '16:21 scenario-table table: expected one of . X U ~ -, found "o"',
      '17:9 scenario-table table: expected a sign for each of the 2 destinations after x/b, found 1',
    ],
  },
  {
    title: 'a table that leaves cells out',
    parts: {
      steps:
        '  - name: one\n    expect:\n      table: |\n        from x/a:80 x/b:80\n        x/a  -      .\n        x/w  -      .',
    },
    problems: [
      '13:5 table-incomplete expected every cell in the table, found none for x/a->x/b:81/UDP via pod-ip',
      '13:5 table-incomplete expected every cell in the table, found none for x/b->x/a:80/TCP via pod-ip',
    ],
  },
  {
    title: 'a table of nothing',
    parts: { steps: '  - {name: one, expect: {table: "", deny: all}}' },
    problems: [
      '12:17 scenario-expectation steps[0].expect: expected a table, or "all", found both [a table has a sign for every cell]',
      '12:33 scenario-table table: expected a line of destinations (x/a:80) and a line for each source, found none',
    ],
  },
];
