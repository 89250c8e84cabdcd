import { expect } from 'chai';
import { readWget, wgetUrl } from '../../../../../src/adapters/prober/wget/words.ts';

const remote = "wget: can't connect to remote host (10.96.0.9)";

describe('what BusyBox wget says', () => {
  for (const [words, outcome, handshake] of [
    ['wget: download timed out', 'dropped', undefined],
    [`${remote}: Connection refused`, 'refused', undefined],
    [`${remote}: Host is unreachable`, 'refused', undefined],
    [`${remote}: No route to host`, 'refused', undefined],
    [`${remote}: Operation not permitted`, 'refused', undefined],
    [`${remote}: Operation timed out`, 'dropped', undefined],
    [`${remote}: Network unreachable`, 'inconclusive', undefined],
    [`${remote}: Connection reset by peer`, 'refused', true],
    ['wget: error getting response: Connection reset by peer', 'refused', true],
    ['wget: error getting response', 'refused', true],
    ["wget: bad address 'web'", 'unresolved', undefined],
    ['wget: server returned error: HTTP/1.1 404 Not Found', 'open', undefined],
    ['wget: something new', 'inconclusive', undefined],
    ['', 'inconclusive', undefined],
  ] as const) {
    it(`"${words}" is ${outcome}${handshake ? ' after a handshake' : ''}`, () => {
      const finding = readWget(1, words, { identities: ['x/b'] });
      expect(finding.outcome).to.equal(outcome);
      expect(finding.handshake).to.equal(handshake);
      expect(finding.detail).to.equal(words === '' ? 'exit code 1' : words);
    });
  }

  for (const [code, words] of [
    [126, 'sh: wget: Permission denied'],
    [127, 'sh: wget: not found'],
    [137, 'wget: download timed out'],
  ] as const) {
    it(`a command that did not run to its end, exit code ${code}, is inconclusive`, () => {
      expect(readWget(code, words, { identities: [] }).outcome).to.equal('inconclusive');
    });
  }

  it('knows a page by its identity, when it has one', () => {
    const page = '<p>netproof-identity: x/b</p>';
    expect(readWget(0, page, { identities: ['x/b', 'x/c'] })).to.deep.equal({ outcome: 'open', answeredBy: 'x/b' });
    expect(readWget(0, page, { identities: [] })).to.deep.equal({ outcome: 'open', answeredBy: 'x/b' });
    expect(readWget(0, page, { identities: ['x/c'] })).to.deep.equal({ outcome: 'misrouted', answeredBy: 'x/b' });
    const nameless = '<h1>Welcome</h1>';
    expect(readWget(0, nameless, { identities: ['x/b'], nameless: true })).to.deep.equal({ outcome: 'open' });
    expect(readWget(0, nameless, { identities: ['x/b'] })).to.deep.equal({ outcome: 'misrouted' });
  });

  it('takes words in a page that was had for the page’s own', () => {
    expect(readWget(0, 'wget: download timed out', { identities: ['x/b'], nameless: true }).outcome).to.equal('open');
  });

  it('is given the address as the article writes it', () => {
    expect(wgetUrl('web', 80)).to.equal('http://web');
    expect(wgetUrl('10.0.0.1', 8080)).to.equal('http://10.0.0.1:8080');
    expect(wgetUrl('fd00::1', 80)).to.equal('http://[fd00::1]');
  });
});
