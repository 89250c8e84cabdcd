import { expect } from 'chai';
import type { ContainerPort } from '../../../../src/core/model/pod.ts';
import { compile } from '../../../../src/core/oracle/oracle.ts';
import { portText, tellingPorts } from '../../../../src/core/oracle/policy-ports.ts';
import { cluster, pods, policy } from '../../../support/oracle/cluster.ts';

/** The ports of a state with policies of these ingress ports, as people read them, with the number of those that stand for others. */
const portsOf = (items: readonly string[], declared: readonly ContainerPort[] = [], more: readonly string[] = []) => {
  const specs = [...(items.length > 0 ? [`{ingress: [{ports: [${items.join(', ')}]}]}`] : []), ...more];
  const pod = { ...pods('x/a')[0]!, ports: declared };
  const oracle = compile(
    cluster(
      [pod],
      specs.map((spec) => policy('x', spec)),
    ),
  );
  return tellingPorts([oracle]).map((asked) => (asked.others ? `${portText(asked)}: ${asked.port}` : portText(asked)));
};

const REST = 'any other port: 65535';

describe('the ports that states tell apart', () => {
  const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['without policies are one for all', [], [REST]],
    [
      'are in order of their numbers',
      ['{port: 8080}', '{port: 443}', '{port: 80}'],
      ['80/TCP', '443/TCP', '8080/TCP', REST],
    ],
    ['are those of each protocol', ['{port: 53, protocol: UDP}', '{port: 53}'], ['53/TCP', '53/UDP', REST]],
    ['are none for a name that no pod has', ['{port: web}'], [REST]],
    ['are the first and last of a range', ['{port: 100, endPort: 200}'], ['100/TCP', '200/TCP', REST]],
    [
      'are also where a range goes on beyond the end of another inside it',
      ['{port: 100, endPort: 200}', '{port: 150, endPort: 160}'],
      ['100/TCP', '150/TCP', '160/TCP', '161/TCP', '200/TCP', REST],
    ],
    [
      'are also where a range goes on beyond the end of one that begins before it',
      ['{port: 100, endPort: 150}', '{port: 120, endPort: 200}'],
      ['100/TCP', '120/TCP', '150/TCP', '151/TCP', '200/TCP', REST],
    ],
    [
      'are no more of ranges that are apart, or follow one another',
      ['{port: 100, endPort: 150}', '{port: 151, endPort: 200}', '{port: 300, endPort: 400}'],
      ['100/TCP', '150/TCP', '151/TCP', '200/TCP', '300/TCP', '400/TCP', REST],
    ],
    [
      'are apart for the others of a protocol that is named as a whole',
      ['{protocol: UDP}', '{port: 80}'],
      ['80/TCP', 'any other TCP, SCTP port: 65535', 'any other UDP port: 65535'],
    ],
    [
      'take a protocol that is not said for TCP',
      ['{}'],
      ['any other TCP port: 65535', 'any other UDP, SCTP port: 65535'],
    ],
    [
      'have as another the highest that is free',
      ['{port: 1, endPort: 10}', '{port: 60000, endPort: 65535}'],
      ['1/TCP', '10/TCP', '60000/TCP', '65535/TCP', 'any other port: 59999'],
    ],
    [
      'have as another one below ranges that overlap, the wider first',
      ['{port: 50000, endPort: 65535}', '{port: 60000, endPort: 65535}'],
      ['50000/TCP', '60000/TCP', '65535/TCP', 'any other port: 49999'],
    ],
    [
      'have as another one below ranges that follow one another',
      ['{port: 60000, endPort: 65535}', '{port: 50000, endPort: 59999}'],
      ['50000/TCP', '59999/TCP', '60000/TCP', '65535/TCP', 'any other port: 49999'],
    ],
    [
      'have none as another of a protocol of which ranges hold every port',
      ['{port: 1, endPort: 65535}'],
      ['1/TCP', '65535/TCP', 'any other UDP, SCTP port: 65535'],
    ],
  ];
  for (const [title, items, expected] of cases) it(title, () => expect(portsOf(items)).to.deep.equal(expected));

  it('are those that pods declare too', () => {
    const declared = [
      { name: 'web', port: 8080, protocol: 'TCP' as const },
      { port: 53, protocol: 'UDP' as const },
    ];
    expect(portsOf(['{port: web}', '{port: 80}'], declared)).to.deep.equal(['80/TCP', '8080/TCP', '53/UDP', REST]);
  });

  it('are those of both directions', () => {
    const egress = '{egress: [{ports: [{port: 443}]}, {}]}';
    expect(portsOf([], [], [egress])).to.deep.equal(['443/TCP', REST]);
    expect(portsOf(['{port: 80}'], [], [egress])).to.deep.equal(['80/TCP', '443/TCP', REST]);
  });
});
