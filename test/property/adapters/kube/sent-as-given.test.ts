import { expect } from 'chai';
import fc from 'fast-check';
import { connect } from '../../../../src/adapters/kube/connect.ts';
import { systemClock } from '../../../../src/adapters/system-clock.ts';
import type { Cluster, KubeObject } from '../../../../src/ports/cluster.ts';
import { type FakeApiServer, startFakeApiServer } from '../../../support/fake-api-server.ts';

const pod = { namespace: 'np-1', name: 'web' };

/** Bytes in pieces: characters may be cut anywhere. */
const pieces = fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { maxLength: 8 });

describe('kube: laws of the wire', () => {
  let api: FakeApiServer;
  let cluster: Cluster;
  before(async () => {
    api = await startFakeApiServer();
    cluster = await connect({ kubeconfig: api.kubeconfig, clock: systemClock, provider: 'test' });
  });
  after(() => api[Symbol.asyncDispose]());

  it('an object is sent as given, whatever its tree holds', async () => {
    const tree = fc.record({
      spec: fc.jsonValue(),
      from: fc.jsonValue(),
      _from: fc.jsonValue(),
      status: fc.jsonValue(),
    });
    await fc.assert(
      fc.asyncProperty(tree, async (fields) => {
        const object: KubeObject = {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: 'x', namespace: 'np-1' },
          ...fields,
        };
        await cluster.apply(object);
        expect(api.requests.at(-1)?.body).to.equal(JSON.stringify(object));
      }),
      { numRuns: 40 },
    );
  });

  it('names of every form reach their own object', async () => {
    const label = fc.stringMatching(/^[a-z0-9]([a-z0-9.-]{0,20}[a-z0-9])?$/);
    await fc.assert(
      fc.asyncProperty(label, label, async (namespace, name) => {
        await cluster.apply({
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name, namespace },
          data: { of: `${namespace}/${name}` },
        });
        const read = await cluster.get({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name });
        expect(read?.data).to.deep.equal({ of: `${namespace}/${name}` });
      }),
      { numRuns: 30 },
    );
  });

  it('the bytes of a stream arrive once and in order, in both directions', async () => {
    await fc.assert(
      fc.asyncProperty(pieces, pieces, fc.nat(255), async (input, output, code) => {
        const got: Buffer[] = [];
        api.onExec((exec) => {
          exec.onStdin((data) => got.push(data));
          exec.onStdinEnd(() => {
            for (const piece of output) exec.stdout(piece);
            exec.exit(code);
          });
        });
        const stream = await cluster.exec(pod, ['cat']);
        for (const piece of input) stream.stdin.write(piece);
        stream.stdin.end();
        const printed = await stream.stdout.toArray();
        expect(Buffer.concat(printed)).to.deep.equal(Buffer.concat(output));
        expect(Buffer.concat(got)).to.deep.equal(Buffer.concat(input));
        expect(await stream.ended).to.deep.equal({ kind: 'exited', code });
      }),
      { numRuns: 30 },
    );
  });
});
