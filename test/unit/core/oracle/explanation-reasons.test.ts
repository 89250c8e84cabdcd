import { expect } from 'chai';
import { explainText } from '../../../../src/core/oracle/explain-text.ts';
import { type AskedOfThem, explained, JOB, labelled, WEB } from '../../../support/oracle/web-and-job.ts';

const BOTH_SHUT = ['x/shut {}', 'y/shut {policyTypes: [Egress]}'];
const NO_TRANSLATION = 'a translation between address families';

describe('the text of an explanation gives as a reason that decides without policies', () => {
  const cases: readonly (readonly [string, AskedOfThem, readonly string[]])[] = [
    [
      'that both ends are one pod',
      { from: { pod: WEB } },
      [
        'x/web -> x/web:80/TCP: allowed',
        '  egress of x/web: allowed: a pod always reaches itself',
        '  ingress of x/web: allowed: a pod always reaches itself',
      ],
    ],
    [
      "that it is the pod's own node",
      { from: { address: '172.18.0.1', node: 'n1' } },
      [
        'node n1 -> x/web:80/TCP: allowed',
        '  egress of node n1: allowed: no pod, so no policy speaks for it',
        "  ingress of x/web: allowed: traffic of a pod's own node is always allowed",
      ],
    ],
    [
      'that a pod has no address any more',
      { from: { pod: { ...JOB, finished: true } } },
      [
        'y/job -> x/web:80/TCP: not defined by Kubernetes',
        '  depends on a pod that has no address: it has finished, or not begun',
        '  egress of y/job: not defined: a pod that has finished, or not begun, has no address',
        '  ingress of x/web: not defined: a pod that has finished, or not begun, has no address',
      ],
    ],
    [
      'that the ends have no family in common',
      { from: { address: '2001:db8::1' } },
      [
        '2001:db8::1 -> x/web:80/TCP: not defined by Kubernetes',
        `  depends on ${NO_TRANSLATION}: the ends have no address family in common`,
        '  egress of 2001:db8::1: not defined: the ends have no address family in common',
        '  ingress of x/web: not defined: the ends have no address family in common',
      ],
    ],
    [
      'that an end lacks the family that is asked for',
      { family: 'IPv6' },
      [
        'y/job -> x/web:80/TCP: not defined by Kubernetes',
        `  depends on ${NO_TRANSLATION}: an end has no address of the family that is asked for`,
        '  egress of y/job: not defined: an end has no address of the family that is asked for',
        '  ingress of x/web: not defined: an end has no address of the family that is asked for',
      ],
    ],
  ];
  for (const [title, asked, lines] of cases) {
    it(title, () => {
      expect(explainText(explained(BOTH_SHUT, asked)).split('\n')).to.deep.equal(lines);
      const { egress, ingress } = explained(BOTH_SHUT, asked);
      for (const half of [egress, ingress]) expect(half).to.deep.include({ policies: [], remedy: undefined, idle: [] });
    });
  }

  it('that no policy speaks for a pod in the reading that takes it for its node', () => {
    const from = { pod: labelled('x/host', ['172.18.0.2'], { hostNetwork: true }) };
    const out = 'x/out {podSelector: {matchLabels: {app: host}}, policyTypes: [Egress], egress: [{}]}';
    expect(explained([out, 'x/shut {podSelector: {matchLabels: {app: web}}}'], { from }).egress).to.deep.include({
      decidedBy: 'no-pod',
      policies: [],
    });
  });
});
