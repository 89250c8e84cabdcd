import { expect } from 'chai';
import { registryAnswers } from '../../../../../src/adapters/images/registry/registry-answers.ts';
import { fakeEngine } from '../../../../support/fake-engine.ts';

describe('registryAnswers', () => {
  const ask = async (script: string, limitMs = 10_000, signal = new AbortController().signal) => {
    await using fake = await fakeEngine(script);
    return await registryAnswers(fake.engine, 'docker.io/library/alpine:3.22', { signal, limitMs });
  };

  it('is content as soon as the registry has given a manifest, however slow the rest is', async () => {
    expect(await ask('echo "3.22: Pulling from library/alpine"; exec sleep 60')).to.deep.equal({ answers: true });
  });

  it('is content with an image that is up to date', async () => {
    expect(await ask('echo docker.io/library/alpine:3.22')).to.deep.equal({ answers: true });
  });

  it("gives the engine's own reason", async () => {
    const said = 'Get "https://registry.test/v2/": dial tcp: lookup registry.test: no such host';
    expect(await ask(`echo 'Error response from daemon: ${said}' >&2; exit 1`)).to.deep.equal({
      answers: false,
      reason: said,
    });
  });

  it('gives up when its time is over', async () => {
    const answer = await ask('exec sleep 60', 200);
    expect(answer).to.deep.equal({ answers: false, reason: 'docker was stopped after 0.2 s without an end' });
  });

  it('ends with the reason of a cancelled run', async () => {
    const reason = new Error('interrupted');
    const error: unknown = await ask('exec sleep 60', 10_000, AbortSignal.abort(reason)).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).to.equal(reason);
  });
});
