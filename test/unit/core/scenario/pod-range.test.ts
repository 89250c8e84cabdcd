import { expect } from 'chai';
import { podRange } from '../../../../src/core/scenario/pod-range.ts';

describe('the range of all pods', () => {
  for (const [title, told, addresses, range] of [
    ['is what the cluster tells', ['10.244.0.0/16'], ['10.244.3.7'], '10.244.0.0/16'],
    [
      'is of IPv4 where pods have both families',
      ['fd00:10:244::/56', '10.244.0.0/16'],
      ['fd00:10:244::7'],
      '10.244.0.0/16',
    ],
    ['is of IPv6 where pods have nothing else', ['fd00:10:244::/56'], ['fd00:10:244::7'], 'fd00:10:244::/56'],
    ['holds the ranges of all nodes', ['10.244.0.0/24', '10.244.1.0/24', '10.244.2.0/24'], [], '10.244.0.0/22'],
    ['holds pods that have addresses of their own', ['10.244.0.0/24'], ['10.244.0.7', '10.244.162.9'], '10.244.0.0/16'],
    ['holds the pods where the cluster tells nothing', [], ['10.0.1.2', '10.0.1.5'], '10.0.1.0/29'],
    ['is a single address for a single pod', [], ['10.0.1.2'], '10.0.1.2/32'],
    ['may be everything', ['10.244.0.0/16'], ['192.168.0.1'], '0.0.0.0/0'],
    ['is not known where nothing is', [], [], undefined],
  ] as const) {
    it(title, () => expect(podRange(told, addresses)).to.equal(range));
  }
});
