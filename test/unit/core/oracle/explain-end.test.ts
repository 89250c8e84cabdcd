import { expect } from 'chai';
import type { Service } from '../../../../src/core/model/service.ts';
import { answer, answerText } from '../../../../src/core/oracle/answer.ts';
import type { End } from '../../../../src/core/oracle/connection.ts';
import { compile } from '../../../../src/core/oracle/oracle.ts';
import { cluster } from '../../../support/oracle/cluster.ts';
import { dial, explained, podOf } from '../../../support/oracle/explained.ts';

const server = { pod: podOf('y/server', { ips: ['10.0.1.2', 'fd00::2'] }) };
const SERVICE: Service = { namespace: 'y', name: 'web', selector: { app: 'web' }, ports: [], clusterIPs: [] };

describe('an end in an explanation is named', () => {
  const rows: readonly (readonly [what: string, end: End, name: string, ofService?: string])[] = [
    ['by its namespace and name where it is a pod', { pod: podOf('x/a') }, 'x/a'],
    ['by its node where it is one', { address: '172.18.0.2', node: 'n1' }, 'node n1'],
    ['by its address as it was written', { address: '2001:DB8:0::1' }, '2001:DB8:0::1'],
    [
      'by the family alone where its address is not known',
      { address: undefined },
      'an unknown IPv4 address',
      'an unknown address',
    ],
    [
      'by its other address where it has no first one',
      { address: undefined, otherAddresses: ['192.0.2.7'] },
      '192.0.2.7',
      'an unknown address',
    ],
  ];
  for (const [what, end, name, ofService = name] of rows) {
    it(what, () => {
      const [head, egress] = explained(cluster([server.pod], []), dial(end, server));
      expect(head).to.equal(`${name} -> y/server:80/TCP: allowed`);
      expect(egress)
        .to.match(/^egress of /)
        .and.to.include(`egress of ${name}: allowed`);
      const [, , ingress] = explained(cluster([server.pod], []), dial(server, end));
      expect(ingress)
        .to.match(/^ingress of /)
        .and.to.include(`ingress of ${name}: allowed`);
      const toService = { kind: 'service', service: SERVICE, port: 80, by: 'cluster-ip' } as const;
      const question = { from: end, to: toService, toName: 'service/y/web', port: 80, protocol: 'TCP' } as const;
      const [first] = answerText(answer(compile(cluster([server.pod], [])), question)).split('\n');
      expect(first).to.equal(`${ofService} -> service/y/web:80/TCP: denied`);
    });
  }
});
