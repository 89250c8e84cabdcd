/** A broken policy: the lines of its spec (or the whole text), and every problem as `line:column code message [hint]`. */
interface BrokenManifest {
  readonly title: string;
  readonly spec?: string;
  readonly text?: string;
  readonly problems: readonly string[];
  /** What is wrong is the name or namespace. */
  readonly aboutName?: true;
}

const HEAD = 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a, namespace: x}\nspec:\n';

/** A policy whose spec, from line 5 on, is the given text. */
export function policyText(spec: string): string {
  return `${HEAD}  ${spec}\n`;
}

/** The whole text of a broken manifest. */
export function brokenText({ text, spec = '' }: BrokenManifest): string {
  return text ?? policyText(spec);
}

const PEER = (peer: string) => `ingress: [{from: [${peer}]}]`;
const PORT = (port: string) => `egress: [{ports: [${port}]}]`;
const BLOCK = (block: string) => PEER(`{ipBlock: ${block}}`);
const LONG = 'a'.repeat(64);

/** The spec stands on line 5, indented by two. */
export const BROKEN: readonly BrokenManifest[] = [
  {
    title: 'form for from',
    spec: 'ingress:\n  - form:\n    - podSelector: {}',
    problems: [
      '6:5 manifest-unknown-field spec.ingress[0]: expected a field of an ingress rule (from, ports), found "form" [did you mean "from"?]',
    ],
  },
  {
    title: 'from in an egress rule',
    spec: 'egress: [{from: [{podSelector: {}}]}]',
    problems: [
      '5:13 manifest-unknown-field spec.egress[0]: expected a field of an egress rule (to, ports), found "from"',
    ],
  },
  {
    title: 'a field in the wrong case',
    spec: 'podselector: {}',
    problems: [
      '5:3 manifest-unknown-field spec: expected a field of a NetworkPolicy spec (podSelector, policyTypes, ingress, egress), found "podselector" [did you mean "podSelector"?]',
    ],
  },
  {
    title: 'a list that is a mapping',
    spec: 'ingress: {from: []}',
    problems: ['5:12 manifest-type spec.ingress: expected a list, found a mapping [write each item after "- "]'],
  },
  {
    title: 'an empty list item',
    spec: 'ingress:\n  -',
    problems: [
      '6:4 manifest-type spec.ingress[0]: expected an item, found nothing [an empty item is easily taken for "everything": write {} if you mean it]',
    ],
  },
  {
    title: 'a selector that is a text',
    spec: 'podSelector: app=web',
    problems: ['5:16 manifest-type spec.podSelector: expected a label selector (a mapping), found "app=web"'],
  },
  {
    title: 'labels straight in the selector',
    spec: 'podSelector: {app: web}',
    problems: [
      '5:17 manifest-unknown-field spec.podSelector: expected a field of a label selector (matchLabels, matchExpressions), found "app" [put it under matchLabels]',
    ],
  },
  {
    title: 'a label value that is a boolean to Kubernetes',
    spec: 'podSelector: {matchLabels: {web: on}}',
    problems: [
      '5:36 manifest-type spec.podSelector.matchLabels.web: expected a text, found the boolean true [put it in quotes]',
    ],
  },
  {
    title: 'a label value that is a number',
    spec: 'podSelector: {matchLabels: {web: 1}}',
    problems: [
      '5:36 manifest-type spec.podSelector.matchLabels.web: expected a text, found the number 1 [put it in quotes]',
    ],
  },
  {
    title: 'a label value that is too long',
    spec: `podSelector: {matchLabels: {web: ${LONG}}}`,
    problems: [
      `5:36 manifest-value spec.podSelector.matchLabels.web: expected a label value (empty, or at most 63 of letters, digits, -, _ and ., first and last alphanumeric), found "${LONG}"`,
    ],
  },
  {
    title: 'a label key with a bad prefix',
    spec: 'podSelector: {matchLabels: {Web/a: b}}',
    problems: [
      '5:31 manifest-value spec.podSelector.matchLabels: expected a label key ([DNS name/]name, name at most 63 of letters, digits, -, _ and ., first and last alphanumeric), found "Web/a"',
    ],
  },
  {
    title: 'an operator that does not exist',
    spec: 'podSelector: {matchExpressions: [{key: a, operator: NotExists}]}',
    problems: [
      '5:55 manifest-value spec.podSelector.matchExpressions[0].operator: expected In or NotIn or Exists or DoesNotExist, found "NotExists" [did you mean "Exists"?]',
    ],
  },
  {
    title: 'In without values',
    spec: 'podSelector: {matchExpressions: [{key: a, operator: In}]}',
    problems: [
      '5:36 manifest-value spec.podSelector.matchExpressions[0].values: expected at least one value for In, found none',
    ],
  },
  {
    title: 'Exists with values',
    spec: 'podSelector: {matchExpressions: [{key: a, operator: Exists, values: [b]}]}',
    problems: [
      '5:71 manifest-value spec.podSelector.matchExpressions[0].values: expected no values for Exists, found 1',
    ],
  },
  {
    title: 'a requirement without key and operator',
    spec: 'podSelector: {matchExpressions: [{}]}',
    problems: [
      '5:36 manifest-missing spec.podSelector.matchExpressions[0]: expected "key", found none',
      '5:36 manifest-missing spec.podSelector.matchExpressions[0]: expected "operator", found none',
    ],
  },
  {
    title: 'an empty peer',
    spec: PEER('{}'),
    problems: [
      '5:21 manifest-peer spec.ingress[0].from[0]: expected one of podSelector, namespaceSelector, ipBlock, found none [every source or destination: leave the list out, or write namespaceSelector: {} for all pods]',
    ],
  },
  {
    title: 'ipBlock beside a selector',
    spec: PEER('{podSelector: {}, ipBlock: {cidr: 10.0.0.0/8}}'),
    problems: [
      '5:21 manifest-peer spec.ingress[0].from[0]: expected ipBlock alone in a peer, found it beside podSelector [write two peers]',
    ],
  },
  {
    title: 'a block without a CIDR',
    spec: BLOCK('{except: [10.0.0.0/8]}'),
    problems: ['5:31 manifest-missing spec.ingress[0].from[0].ipBlock: expected "cidr", found none'],
  },
  {
    title: 'an address for a CIDR',
    spec: BLOCK('{cidr: 10.0.0.1}'),
    problems: [
      '5:38 manifest-value spec.ingress[0].from[0].ipBlock.cidr: expected a CIDR (for example 10.9.8.0/24 or 2001:db8::/64), found "10.0.0.1"',
    ],
  },
  {
    title: 'leading zeros in a CIDR',
    spec: BLOCK('{cidr: 010.0.0.0/8}'),
    problems: [
      '5:38 manifest-value spec.ingress[0].from[0].ipBlock.cidr: expected a CIDR (for example 10.9.8.0/24 or 2001:db8::/64), found "010.0.0.0/8"',
    ],
  },
  {
    title: 'host bits in a CIDR',
    spec: BLOCK('{cidr: 10.0.0.5/8}'),
    problems: [
      '5:38 manifest-value spec.ingress[0].from[0].ipBlock.cidr: expected a CIDR without bits set beyond its prefix length, found "10.0.0.5/8"',
    ],
  },
  {
    title: 'an IPv4-mapped CIDR',
    spec: BLOCK('{cidr: "::ffff:10.0.0.0/104"}'),
    problems: [
      '5:38 manifest-value spec.ingress[0].from[0].ipBlock.cidr: expected a CIDR that is not an IPv4-mapped IPv6 range, found "::ffff:10.0.0.0/104"',
    ],
  },
  {
    title: 'an except outside its CIDR',
    spec: BLOCK('{cidr: 10.0.0.0/8, except: [11.0.0.0/16]}'),
    problems: [
      '5:59 manifest-value spec.ingress[0].from[0].ipBlock.except[0]: expected a part of 10.0.0.0/8, smaller than it, found 11.0.0.0/16',
    ],
  },
  {
    title: 'an except as large as its CIDR, and one of the other family',
    spec: BLOCK('{cidr: 10.0.0.0/8, except: [10.0.0.0/8, "2001:db8::/64"]}'),
    problems: [
      '5:59 manifest-value spec.ingress[0].from[0].ipBlock.except[0]: expected a part of 10.0.0.0/8, smaller than it, found 10.0.0.0/8',
      '5:71 manifest-value spec.ingress[0].from[0].ipBlock.except[1]: expected a part of 10.0.0.0/8, smaller than it, found 2001:db8::/64',
    ],
  },
  {
    title: 'a port beyond the range',
    spec: PORT('{port: 65536}'),
    problems: ['5:28 manifest-value spec.egress[0].ports[0].port: expected a port number from 1 to 65535, found 65536'],
  },
  {
    title: 'a port number in quotes',
    spec: PORT('{port: "80"}'),
    problems: [
      '5:28 manifest-value spec.egress[0].ports[0].port: expected a port name (at most 15 of a-z, 0-9 and single -, at least one letter, first and last alphanumeric), found "80" [write it without quotes]',
    ],
  },
  {
    title: 'a port with a part',
    spec: PORT('{port: 80.5}'),
    problems: ['5:28 manifest-value spec.egress[0].ports[0].port: expected a port number from 1 to 65535, found 80.5'],
  },
  {
    title: 'a port that is a list',
    spec: PORT('{port: [80]}'),
    problems: ['5:28 manifest-type spec.egress[0].ports[0].port: expected a port number, found a list'],
  },
  {
    title: 'endPort below port',
    spec: PORT('{port: 80, endPort: 79}'),
    problems: [
      '5:41 manifest-port spec.egress[0].ports[0].endPort: expected at least the value of "port", 80, found 79',
    ],
  },
  {
    title: 'endPort without port',
    spec: PORT('{endPort: 80}'),
    problems: ['5:31 manifest-port spec.egress[0].ports[0]: expected a number in "port" beside "endPort", found none'],
  },
  {
    title: 'endPort with a named port',
    spec: PORT('{port: http, endPort: 80}'),
    problems: [
      '5:43 manifest-port spec.egress[0].ports[0]: expected a number in "port" beside "endPort", found a name',
    ],
  },
  {
    title: 'a protocol in lower case',
    spec: PORT('{protocol: tcp}'),
    problems: [
      '5:32 manifest-value spec.egress[0].ports[0].protocol: expected TCP or UDP or SCTP, found "tcp" [did you mean "TCP"?]',
    ],
  },
  {
    title: 'ICMP',
    spec: PORT('{protocol: ICMP}'),
    problems: ['5:32 manifest-value spec.egress[0].ports[0].protocol: expected TCP or UDP or SCTP, found "ICMP"'],
  },
  {
    title: 'an unknown policy type',
    spec: 'policyTypes: [ingress]',
    problems: [
      '5:17 manifest-value spec.policyTypes[0]: expected Ingress or Egress, found "ingress" [did you mean "Ingress"?]',
    ],
  },
  {
    title: 'three policy types',
    spec: 'policyTypes: [Ingress, Egress, Ingress]',
    problems: ['5:16 manifest-value spec.policyTypes: expected at most two policy types, found 3'],
  },
  {
    title: 'a bad name',
    aboutName: true,
    text: 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: Deny_All}\n',
    problems: [
      '3:18 manifest-value metadata.name: expected a lower-case DNS name (at most 253 of a-z, 0-9, - and ., each part first and last alphanumeric), found "Deny_All"',
    ],
  },
  {
    title: 'a namespace with a dot, a bad label, an annotation that is no text',
    aboutName: true,
    text: 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: a\n  namespace: a.b\n  labels: {a: "-"}\n  annotations: {a: 1}\n',
    problems: [
      '5:14 manifest-value metadata.namespace: expected a lower-case DNS label (at most 63 of a-z, 0-9 and -, first and last alphanumeric), found "a.b"',
      '6:15 manifest-value metadata.labels.a: expected a label value (empty, or at most 63 of letters, digits, -, _ and ., first and last alphanumeric), found "-"',
      '7:20 manifest-type metadata.annotations.a: expected a text, found the number 1 [put it in quotes]',
    ],
  },
  {
    title: 'metadata that only the server writes, and an annotation key, spoiled',
    aboutName: true,
    text: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: a
  annotations: {"bad key!": x, "Fine.Example/Key": x, none: }
  finalizers: [junk, kubernetes, example.com/a]
  ownerReferences: [{apiVersion: v1, kind: Pod, name: p}, 1]
  uid: 5
  creationTimestamp: yesterday
  generation: x
  deletionTimestamp:
`,
    problems: [
      '5:17 manifest-value metadata.annotations: expected an annotation key ([DNS name/]name, name at most 63 of letters, digits, -, _ and ., first and last alphanumeric), found "bad key!"',
      '8:8 manifest-type metadata.uid: expected a text, found the number 5 [put it in quotes]',
      '9:22 manifest-value metadata.creationTimestamp: expected a time (for example 2026-01-31T12:00:00Z), found "yesterday"',
      '10:15 manifest-type metadata.generation: expected a whole number, not negative, found "x"',
      '6:16 manifest-value metadata.finalizers[0]: expected a finalizer (DNS name/name, or kubernetes, orphan, foregroundDeletion), found "junk"',
      '7:21 manifest-missing metadata.ownerReferences[0]: expected "uid", found none',
      '7:59 manifest-type metadata.ownerReferences[1]: expected an owner reference (a mapping), found the number 1',
    ],
  },
  {
    title: 'a workload with values of the wrong type where it is read',
    aboutName: true,
    text: `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: "2"
  template:
    metadata: {labels: {app: web, version: 1.10}}
    spec:
      hostNetwork: "true"
      containers: [{ports: [{name: Web, containerPort: "80", hostPort: 0, protocol: tcp}]}]
`,
    problems: [
      '5:13 manifest-type spec.replicas: expected a whole number, not negative, found "2"',
      '7:44 manifest-type spec.template.metadata.labels.version: expected a text, found the number 1.1 [put it in quotes]',
      '9:20 manifest-type spec.template.spec.hostNetwork: expected true or false, found "true"',
      '10:36 manifest-value spec.template.spec.containers[0].ports[0].name: expected a port name (at most 15 of a-z, 0-9 and single -, at least one letter, first and last alphanumeric), found "Web"',
      '10:56 manifest-type spec.template.spec.containers[0].ports[0].containerPort: expected a port number, found "80" [write it without quotes]',
      '10:85 manifest-value spec.template.spec.containers[0].ports[0].protocol: expected TCP or UDP or SCTP, found "tcp" [did you mean "TCP"?]',
    ],
  },
  {
    title: 'a Service with values of the wrong type where it is read',
    aboutName: true,
    text: `apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {version: 2}
  clusterIP: 10
  externalTrafficPolicy: local
  ports: [{port: "80", targetPort: "81", nodePort: 0}]
`,
    problems: [
      '5:23 manifest-type spec.selector.version: expected a text, found the number 2 [put it in quotes]',
      '6:14 manifest-type spec.clusterIP: expected a text, found the number 10 [put it in quotes]',
      '7:26 manifest-value spec.externalTrafficPolicy: expected Local or Cluster, found "local" [did you mean "Local"?]',
      '8:18 manifest-type spec.ports[0].port: expected a port number, found "80" [write it without quotes]',
      '8:36 manifest-value spec.ports[0].targetPort: expected a port name (at most 15 of a-z, 0-9 and single -, at least one letter, first and last alphanumeric), found "81" [write it without quotes]',
    ],
  },
  {
    title: 'no name',
    aboutName: true,
    text: 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {}\n',
    problems: ['3:11 manifest-missing metadata: expected "name", found none'],
  },
  {
    title: 'no metadata',
    aboutName: true,
    text: 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n',
    problems: ['1:1 manifest-missing metadata: expected "name", found none'],
  },
  {
    title: 'no kind',
    text: 'apiVersion: networking.k8s.io/v1\nmetadata: {name: a}\n',
    problems: ['1:1 manifest-missing expected "kind", found none'],
  },
  {
    title: 'a misspelt kind',
    text: 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolcy\nmetadata: {name: a}\n',
    problems: [
      '2:7 manifest-kind kind: expected a kind of networking.k8s.io/v1 (NetworkPolicy, NetworkPolicyList, Ingress, IngressClass, IPAddress, ServiceCIDR), found "NetworkPolcy" [did you mean "NetworkPolicy"?]',
    ],
  },
  {
    title: 'a NetworkPolicy of a version that is gone',
    text: 'apiVersion: extensions/v1beta1\nkind: NetworkPolicy\nmetadata: {name: a}\n',
    problems: [
      '1:13 manifest-kind apiVersion: expected networking.k8s.io/v1, found "extensions/v1beta1" [only Kubernetes\' own NetworkPolicy is read]',
    ],
  },
  {
    title: 'a field beside spec',
    text: 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a}\npolicyTypes: []\n',
    problems: [
      '4:1 manifest-unknown-field expected a field of a NetworkPolicy (apiVersion, kind, metadata, spec, status), found "policyTypes"',
    ],
  },
  {
    title: 'a text that is no object',
    text: 'hello\n',
    problems: ['1:1 manifest-type expected a Kubernetes object (a mapping), found "hello"'],
  },
  {
    title: 'an indentation by tab',
    text: 'a:\n\tb: 1\n',
    problems: ['2:1 yaml-syntax YAML: Tabs are not allowed as indentation'],
  },
  {
    title: 'a key given twice',
    spec: 'podSelector: {}\n  podSelector: {}',
    problems: ['6:3 yaml-duplicate-key expected each key once in a mapping, found "podSelector" again'],
  },
];
