import { expect } from 'chai';
import { explainText, withoutRemedy } from '../../../../src/core/oracle/explain-text.ts';
import { type AskedOfThem, explained, JOB, WEB } from '../../../support/oracle/web-and-job.ts';

const FREE_JOB = '  egress of y/job: allowed: no policy isolates it';
const FREE_WEB = '  ingress of x/web: allowed: no policy isolates it';
const ADD_JOB =
  '{"from":[{"namespaceSelector":{"matchLabels":{"kubernetes.io/metadata.name":"y"}},"podSelector":{"matchLabels":{"app":"job"}}}],"ports":[{"protocol":"TCP","port":80}]}';
const ADD_WEB =
  '{"to":[{"namespaceSelector":{"matchLabels":{"kubernetes.io/metadata.name":"x"}},"podSelector":{"matchLabels":{"app":"web"}}}],"ports":[{"protocol":"TCP","port":80}]}';
const SHUT = 'x/shut {}';
const MISSING = 'x/missing {ingress: [{ports: [{port: 81}]}, {from: [{podSelector: {}}], ports: [{port: 80}]}]}';
const UNRELATED = 'z/unrelated {}';

const text = (policies: readonly string[], asked?: AskedOfThem) => explainText(explained(policies, asked)).split('\n');

describe('the text of an explanation', () => {
  it('says of ends that no policy isolates just that', () => {
    expect(text([UNRELATED])).to.deep.equal(['y/job -> x/web:80/TCP: allowed', FREE_JOB, FREE_WEB]);
  });

  it('names every policy that isolates a pod that is shut, what its rules miss, and what would open it', () => {
    expect(text([SHUT])).to.deep.equal([
      'y/job -> x/web:80/TCP: denied',
      FREE_JOB,
      '  ingress of x/web: denied: no rule of the 1 policy that isolates it admits it',
      '    x/shut has no ingress rules, so it admits nothing',
      `    to open it, add to spec.ingress of x/shut: ${ADD_JOB}`,
    ]);
    expect(text([SHUT, MISSING])).to.deep.equal([
      'y/job -> x/web:80/TCP: denied',
      FREE_JOB,
      '  ingress of x/web: denied: no rule of the 2 policies that isolate it admits it',
      '    x/shut has no ingress rules, so it admits nothing',
      '    x/missing',
      '      spec.ingress[0] does not admit it',
      '        ports[0] asks for port 81/TCP; the port is 80/TCP',
      '      spec.ingress[1] does not admit it',
      '        from[0] asks for any pod in its own namespace x; y/job is in namespace y',
      `    to open it, add to spec.ingress of x/shut: ${ADD_JOB}`,
    ]);
  });

  it('speaks of egress as of ingress', () => {
    const away =
      'y/away {policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 192.0.2.0/24}}], ports: [{port: 80}]}]}';
    expect(text(['y/shut {policyTypes: [Egress]}', away])).to.deep.equal([
      'y/job -> x/web:80/TCP: denied',
      '  egress of y/job: denied: no rule of the 2 policies that isolate it admits it',
      '    y/shut has no egress rules, so it admits nothing',
      '    y/away',
      '      spec.egress[0] does not admit it',
      '        to[0] asks for addresses in 192.0.2.0/24; 10.244.0.1 lies outside 192.0.2.0/24',
      `    to open it, add to spec.egress of y/shut: ${ADD_WEB}`,
      FREE_WEB,
    ]);
  });

  it('names of a pod that is open only the rules that admit', () => {
    const open = 'x/open {ingress: [{ports: [{port: 81}]}, {}, {ports: [{port: http}]}]}';
    expect(text([SHUT, open])).to.deep.equal([
      'y/job -> x/web:80/TCP: allowed',
      FREE_JOB,
      '  ingress of x/web: allowed',
      '    x/open',
      '      spec.ingress[1] admits it: every peer and port',
      '      spec.ingress[2] admits it',
      '        ports[0] asks for port http/TCP; 80/TCP is that',
    ]);
  });

  it('says where each part stands in its file', () => {
    const positions = (_: unknown, path: readonly unknown[]) => ({ file: 'p.yaml', line: path.length + 1, column: 3 });
    const rules = 'x/p {ingress: [{from: [{podSelector: {}}], ports: [{port: 80}]}]}';
    expect(text([rules], { positions }).slice(3, -1)).to.deep.equal([
      '    x/p (p.yaml:1:3)',
      '      spec.ingress[0] (p.yaml:4:3) does not admit it',
      '        from[0] (p.yaml:6:3) asks for any pod in its own namespace x; y/job is in namespace y',
    ]);
  });

  it('names the rules that have no effect, of the direction that they are for', () => {
    expect(text(['y/idle {policyTypes: [Ingress], egress: [{}]}'])).to.deep.equal([
      'y/job -> x/web:80/TCP: allowed',
      FREE_JOB,
      '    spec.egress of y/idle has no effect: policyTypes lacks Egress',
      FREE_WEB,
    ]);
    expect(text(['x/idle {policyTypes: [Egress], ingress: [{}], egress: [{}]}']).slice(1)).to.deep.equal([
      FREE_JOB,
      FREE_WEB,
      '    spec.ingress of x/idle has no effect: policyTypes lacks Ingress',
    ]);
  });

  it('shows of what is not defined the reading that denies', () => {
    const block = 'y/block {policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 10.244.0.0/16}}]}]}';
    expect(text([block], { dialled: { address: '10.96.0.5' } })).to.deep.equal([
      'y/job -> x/web:80/TCP: not defined by Kubernetes',
      '  depends on whether an ipBlock sees an address before or after it is rewritten',
      '  egress of y/job: not defined',
      '    y/block',
      '      spec.egress[0] does not admit it',
      '        to[0] asks for addresses in 10.244.0.0/16; 10.96.0.5 lies outside 10.244.0.0/16',
      FREE_WEB,
    ]);
  });

  it('has a remedy only for the end that the reading shuts, and every policy of the other one', () => {
    const from = { pod: { ...JOB, ips: ['10.244.0.3', 'fd00::3'] } };
    const to = { pod: { ...WEB, ips: ['10.244.0.1', 'fd00::1'] } };
    const leave6 = 'y/leave {policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: "fd00::/16"}}]}]}';
    const enter4 = 'x/enter {ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]}';
    expect(text([leave6, SHUT, enter4], { from, to })).to.deep.equal([
      'y/job -> x/web:80/TCP: denied',
      '  egress of y/job: not defined',
      '    y/leave',
      '      spec.egress[0] does not admit it',
      '        to[0] asks for addresses in fd00::/16; 10.244.0.1 is IPv4',
      `    to open it, add to spec.egress of y/leave: ${ADD_WEB}`,
      '  ingress of x/web: not defined',
      '    x/enter',
      '      spec.ingress[0] admits it',
      '        from[0] asks for addresses in 10.0.0.0/8; 10.244.0.3 is in it',
      '    x/shut has no ingress rules, so it admits nothing',
    ]);
  });

  it('names whatever else decides, and then nothing of policies', () => {
    const options = { before: [{ name: 'admin', rule: () => 'deny' as const }] };
    for (const policies of [[], ['x/open {ingress: [{}]}']]) {
      expect(text(policies, { options })).to.deep.equal([
        'y/job -> x/web:80/TCP: denied',
        '  egress of y/job: denied: by admin',
        '  ingress of x/web: denied: by admin',
      ]);
    }
  });
});

describe('an explanation without its remedies', () => {
  it('keeps every other line as it is', () => {
    const whole = text([SHUT, 'y/shut {policyTypes: [Egress]}']);
    const rest = withoutRemedy(whole.join('\n')).split('\n');
    expect(whole).to.have.length(7);
    expect(rest).to.deep.equal([whole[0], whole[1], whole[2], whole[4], whole[5]]);
  });
});
