import { expect } from 'chai';
import { loadScenarios } from '../../../src/adapters/files/load-scenarios.ts';
import { SOUND } from '../../support/faults/bugs.ts';
import { OBVIOUS } from '../../support/faults/obvious.ts';
import { play } from '../../support/faults/play.ts';

/** What each case would be there to show, by its number: a fault that breaks just that. */
const FAULTS: Readonly<Record<string, keyof typeof OBVIOUS>> = {
  '01': 'noRulesAllow',
  '02': 'noEgress',
  '03': 'anyPod',
  '04': 'oldestPolicyOnly',
  '05': 'otherNamespacesOnly',
  '06': 'anyNamespace',
  '07': 'noExpressions',
  '08': 'noExpressions',
  '09': 'peersTogether',
  '10': 'selectorsApart',
  '11': 'selectorsApart',
  '12': 'firstPeerOnly',
  '13': 'selectorsApart',
  '14': 'portsWithoutPeers',
  '15': 'oldestPolicyOnly',
  '16': 'emptyRuleDenies',
  '17': 'namedPortsAreAny',
  '18': 'namedPortsAreAny',
  '19': 'namedPortsAreAny',
  '20': 'namedPortsAreAny',
  '21': 'updatesMissed',
  '22': 'namespaceLabelsMissed',
  '23': 'podLabelsMissed',
  '24': 'podsOfAnyNamespace',
  '25': 'podLabelsMissed',
  '26': 'noEgress',
  '27': 'noEgress',
  '28': 'anyPort',
  '29': 'noEgress',
  '30': 'selectorsApart',
  '31': 'anyProtocol',
  '32': 'oldestPolicyOnly',
  '33': 'oldestPolicyOnly',
  '34': 'deletionsMissed',
  '35': 'widerBlocks',
  '36': 'noExcept',
  '37': 'updatesMissed',
  '38': 'noIngressBesideEgress',
  '39': 'sctpIsTcp',
  '40': 'sctpSkipped',
  '41': 'anyProtocol',
  '42': 'anyNamespace',
  '43': 'noExpressions',
  '44': 'udpUnfiltered',
  '45': 'udpUnfiltered',
  '46': 'udpUnfiltered',
  '47': 'sctpUnfiltered',
  '48': 'sctpUnfiltered',
  '49': 'sctpUnfiltered',
  '50': 'updatesMissed',
  '51': 'noRanges',
};

const scenarios = loadScenarios(['upstream']);
const numberOf = (id: string) => /^upstream\/(\d\d)-/.exec(id)?.[1] ?? '';

describe('the scenarios of Kubernetes’ own network policy tests', () => {
  it('are 49 that ask the network and 2 of the API, each with its place in the source', () => {
    expect(scenarios.map(({ id }) => numberOf(id))).to.deep.equal(Object.keys(FAULTS).toSorted());
    const place = /\/kubernetes\/blob\/v1\.37\.2\/test\/e2e\/network\/netpol\/(network_policy(?:_api)?)\.go#L\d+$/;
    const files = scenarios.map(({ origin = '' }) => place.exec(origin)?.[1]);
    expect(files.filter((file) => file === 'network_policy')).to.have.length(49);
    expect(files.filter((file) => file === 'network_policy_api')).to.have.length(2);
    expect(new Set(scenarios.map(({ origin }) => origin)).size).to.equal(51);
  });

  it('skip, where the kernel has no SCTP, the three that ask it alone', () => {
    expect(scenarios.filter(({ needs = [] }) => needs.includes('sctp')).map(({ id }) => numberOf(id))).to.deep.equal([
      '47',
      '48',
      '49',
    ]);
  });

  for (const scenario of scenarios) {
    const fault = OBVIOUS[FAULTS[numberOf(scenario.id)]!];
    it(`${scenario.id} passes on a sound dataplane and fails where ${fault.what}`, () => {
      expect(play(scenario, SOUND)).to.deep.equal({ status: 'pass' });
      expect(play(scenario, fault).status).to.equal('fail');
    });
  }
});
