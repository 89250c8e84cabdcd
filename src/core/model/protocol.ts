/** Transport protocol of a port (API: `NetworkPolicyPort.protocol`, `ContainerPort.protocol`). Absent means TCP. */
export type Protocol = 'TCP' | 'UDP' | 'SCTP';

/** Address family of a pod, node or Service address (API: `Service.spec.ipFamilies`). */
export type IpFamily = 'IPv4' | 'IPv6';

/** Address families of a whole cluster, as kind names them. */
export type ClusterIpFamily = 'ipv4' | 'ipv6' | 'dual';
