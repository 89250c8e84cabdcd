import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { connect } from '../../../../src/adapters/kube/connect.ts';
import { systemClock } from '../../../../src/adapters/system-clock.ts';
import { UsageError } from '../../../../src/core/diagnostics/errors.ts';
import { failure } from '../../../support/failure.ts';
import { startFakeApiServer, status } from '../../../support/fake-api-server.ts';
import { localhostCertificate, localhostKey } from '../../../support/localhost-certificate.ts';

const settings = { clock: systemClock, provider: 'test', retryMs: 0 };

describe('kube: kubeconfig', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'netproof-kubeconfig-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (cluster: object, user: object) => {
    const file = join(folder, 'config');
    const config = {
      'current-context': 'one',
      clusters: [{ name: 'c', cluster }],
      users: [{ name: 'u', user }],
      contexts: [{ name: 'one', context: { cluster: 'c', user: 'u' } }],
    };
    writeFileSync(file, JSON.stringify(config));
    return file;
  };
  const usage = async (call: Promise<unknown>) => {
    const error = await call.catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(UsageError);
    return error as UsageError;
  };

  it('that is not there is a usage error that names it', async () => {
    const error = await usage(connect({ ...settings, kubeconfig: join(folder, 'none') }));
    expect(error.code).to.equal('kubeconfig-unreadable');
    expect(error.message).to.include(join(folder, 'none')).and.include('ENOENT');
  });

  it('that is no kubeconfig is a usage error', async () => {
    const file = join(folder, 'empty');
    writeFileSync(file, '');
    expect((await usage(connect({ ...settings, kubeconfig: file }))).code).to.equal('kubeconfig-unreadable');
  });

  it('without the context asked for is a usage error that names those it has', async () => {
    await using api = await startFakeApiServer();
    const error = await usage(connect({ ...settings, kubeconfig: api.kubeconfig, context: 'prod' }));
    expect(error).to.include({ code: 'context-unknown', hint: 'Contexts in the file: fake.' });
  });

  it('may get its token from a command', async () => {
    await using api = await startFakeApiServer();
    const script = `console.log(JSON.stringify({ status: { token: 'from-a-command' } }))`;
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: process.execPath, args: ['-e', script] };
    const kubeconfig = write({ server: api.url, 'insecure-skip-tls-verify': true }, { exec });
    await (await connect({ ...settings, kubeconfig })).info();
    expect(api.requests.map(({ headers }) => headers.authorization)).to.include('Bearer from-a-command');
  });

  it('whose command fails is an error in that command’s words', async () => {
    await using api = await startFakeApiServer();
    const script = `console.error('token has expired, log in again'); process.exit(1)`;
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: process.execPath, args: ['-e', script] };
    const kubeconfig = write({ server: api.url, 'insecure-skip-tls-verify': true }, { exec });
    const error = await failure((await connect({ ...settings, kubeconfig })).info());
    expect(error.code).to.equal('cluster-credentials');
    expect(error.message).to.include('token has expired, log in again');
  });

  it('with credentials that are not accepted says so', async () => {
    await using api = await startFakeApiServer();
    api.script('GET', '/version', { status: 401, body: status(401, 'Unauthorized', 'Unauthorized') });
    const error = await failure((await connect({ ...settings, kubeconfig: api.kubeconfig })).info());
    expect(error.code).to.equal('api-unauthorized');
    expect(error.hint).to.match(/log in/);
  });

  describe('over TLS', () => {
    let server: ReturnType<typeof createServer>;
    beforeEach((done) => {
      server = createServer({ cert: localhostCertificate, key: localhostKey }, (_, response) => {
        response.end(
          '{"gitVersion":"v1.37.2","items":[],"resources":[{"name":"nodes","kind":"Node","namespaced":false}]}',
        );
      });
      server.listen(0, '127.0.0.1', done);
    });
    afterEach((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
    const url = () => `https://127.0.0.1:${(server.address() as AddressInfo).port}`;

    it('trusts the authority that it names', async () => {
      const authority = { 'certificate-authority-data': Buffer.from(localhostCertificate).toString('base64') };
      const cluster = await connect({ ...settings, kubeconfig: write({ server: url(), ...authority }, {}) });
      expect((await cluster.info()).kubernetes).to.equal('v1.37.2');
    });

    it('trusts nobody else', async () => {
      const cluster = await connect({ ...settings, kubeconfig: write({ server: url() }, {}) });
      const error = await failure(cluster.info());
      expect(error.code).to.equal('cluster-unreachable');
      expect(error.message).to.match(/certificate/);
    });
  });
});
