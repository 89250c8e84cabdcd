import { expect } from 'chai';
import { combinedProber } from '../../../../src/adapters/prober/combined.ts';
import type { ProbeMethod } from '../../../../src/core/matrix/cell.ts';
import type { ProbePod, Prober } from '../../../../src/ports/prober.ts';
import { probeOf } from '../../../support/probe-events.ts';

const podOf = (name: string, method: ProbePod['method']): ProbePod => ({
  name,
  ref: { namespace: 'np-x', name },
  method,
});

/** Notes what is asked of it. */
function notingProber(name: string, notes: string[]): Prober {
  return {
    attach: async (pods) => {
      notes.push(`${name} attaches ${pods.map((pod) => pod.name).join()}`);
      return {
        attach: async (more) => void notes.push(`${name} attaches ${more.map((pod) => pod.name).join()} too`),
        detach: async (names) => void notes.push(`${name} lets ${names.join()} go`),
        schedule: async (probes) => void notes.push(`${name} probes ${probes.map(({ id }) => id).join()}`),
        recall: async (probes) => void notes.push(`${name} recalls ${probes.map(({ id }) => id).join()}`),
        askHeartbeats: () => void notes.push(`${name} asks for heartbeats`),
        askHalfOpen: (names) => void notes.push(`${name} asks ${names.join()}`),
        [Symbol.asyncDispose]: async () => void notes.push(`${name} ends`),
      };
    },
  };
}

/** No pod of a test probes by this. */
const UNUSED: Prober = { attach: () => Promise.reject(new Error('nothing was to be attached')) };

describe('probers together', () => {
  const pods = [podOf('x/a', 'agent'), podOf('x/b', 'wget'), podOf('x/c', 'agent')];
  const options = { signal: new AbortController().signal };
  let notes: string[];
  const noting = (...methods: readonly string[]): Record<ProbeMethod, Prober> => {
    const of = (method: string) => (methods.includes(method) ? notingProber(method, notes) : UNUSED);
    return { agent: of('agent'), wget: of('wget'), kubelet: of('kubelet') };
  };
  beforeEach(() => {
    notes = [];
  });

  it('attach pods later, by a method that is new then too, and end with the others', async () => {
    const prober = combinedProber(noting('agent', 'wget'));
    const session = await prober.attach([podOf('x/a', 'agent')], () => {}, options);
    await session.attach([podOf('x/b', 'wget')]);
    await session.attach([podOf('x/c', 'agent'), podOf('x/d', 'wget')]);
    await session.detach(['x/c']);
    await session[Symbol.asyncDispose]();
    expect(notes).to.deep.equal([
      'agent attaches x/a',
      'wget attaches x/b',
      'agent attaches x/c too',
      'wget attaches x/d too',
      'agent lets x/c go',
      'wget lets x/c go',
      'wget ends',
      'agent ends',
    ]);
  });

  it('each probe from the pods of their method', async () => {
    const prober = combinedProber(noting('agent', 'wget'));
    const session = await prober.attach(pods, () => {}, options);
    await session.schedule([
      probeOf({ id: 1, host: 'web', cell: { from: 'x/b', method: 'wget' } }),
      probeOf({ id: 2, host: 'web', cell: { from: 'x/a' } }),
      probeOf({ id: 3, host: 'web', cell: { from: 'x/c' } }),
    ]);
    await session[Symbol.asyncDispose]();
    expect(notes.slice(0, 4)).to.have.members([
      'agent attaches x/a,x/c',
      'wget attaches x/b',
      'agent probes 2,3',
      'wget probes 1',
    ]);
    expect(notes.slice(4)).to.have.members(['agent ends', 'wget ends']);
  });

  it('recall what pods of their method dialled by themselves', async () => {
    const prober = combinedProber(noting('agent', 'wget'));
    const session = await prober.attach(pods, () => {}, options);
    await session.recall([probeOf({ id: 1, host: 'web', cell: { from: 'x/b', method: 'wget' } })]);
    expect(notes.slice(2)).to.have.members(['agent recalls ', 'wget recalls 1']);
  });

  it('pass on which pods are asked for SYNs', async () => {
    const session = await combinedProber(noting('agent', 'wget')).attach(pods, () => {}, options);
    session.askHalfOpen(['x/a']);
    expect(notes.slice(2)).to.have.members(['agent asks x/a', 'wget asks x/a']);
  });

  it('end the others when one cannot attach', async () => {
    const broken: Prober = { attach: () => Promise.reject(new Error('no shell')) };
    const prober = combinedProber({ ...noting('agent'), wget: broken });
    const failure = await prober
      .attach(pods, () => {}, options)
      .then(
        () => undefined,
        (error: Error) => error.message,
      );
    expect(failure).to.equal('no shell');
    expect(notes).to.deep.equal(['agent attaches x/a,x/c', 'agent ends']);
  });
});
