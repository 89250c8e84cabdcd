import { expect } from 'chai';
import type { ClusterState } from '../../../../src/core/model/cluster-state.ts';
import type { Pod } from '../../../../src/core/model/pod.ts';
import { explain } from '../../../../src/core/oracle/explain.ts';
import { compile } from '../../../../src/core/oracle/oracle.ts';

const pod = (name: string, fields: Partial<Pod>): Pod => ({
  namespace: 'x',
  name,
  labels: {},
  ports: [],
  ips: [],
  ...fields,
});

describe('explain', () => {
  it('hints at a remedy where both readings of a hostNetwork peer deny, each by another half', () => {
    const client = pod('client', { ips: ['10.244.0.1'], node: 'n1' });
    const onHost = pod('on-host', { ips: ['172.18.0.2'], node: 'n2', hostNetwork: true });
    const state: ClusterState = {
      namespaces: [{ name: 'x', labels: {} }],
      pods: [client, onHost],
      services: [],
      // As a pod on-host may be reached, but is isolated; as a node it is no pod that the egress rule could mean.
      policies: [{ metadata: { name: 'p', namespace: 'x' }, spec: { egress: [{ to: [{ podSelector: {} }] }] } }],
    };
    const { verdict, egress, ingress } = explain(compile(state), {
      from: { pod: client },
      to: { pod: onHost },
      port: 80,
      protocol: 'TCP',
    });
    expect(verdict).to.equal('denied');
    expect([egress.remedy, ingress.remedy].filter((remedy) => remedy !== undefined)).to.have.length(1);
  });
});
