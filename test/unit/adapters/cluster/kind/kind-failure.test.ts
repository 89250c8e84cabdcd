import { expect } from 'chai';
import { kindFailure } from '../../../../../src/adapters/cluster/kind/kind-failure.ts';
import { ClusterError } from '../../../../../src/core/diagnostics/errors.ts';

const failed = (outputTail: string) =>
  new ClusterError({
    code: 'command-failed',
    message: 'kind failed with exit code 1',
    command: 'kind create cluster',
    outputTail,
    logFile: '/log',
  });

describe('kindFailure', () => {
  const said: readonly (readonly [string, string])[] = [
    ['Bind for 0.0.0.0:30080 failed: port is already allocated', 'port-taken'],
    ['listen tcp 127.0.0.1:6443: bind: address already in use', 'port-taken'],
    ['write /var/lib/docker/x: no space left on device', 'disk-full'],
    ['ERROR: failed to pull image "kindest/node:v9": exit status 1', 'image-missing'],
    ['docker: Error response from daemon: manifest for kindest/node:v9 not found: manifest unknown', 'image-missing'],
    ['fork/exec /usr/bin/docker: cannot allocate memory', 'not-enough-memory'],
    ['OCI runtime create failed: unable to apply caps: operation not permitted', 'capabilities-missing'],
    ['could not find a log line that matches "Reached target .*Multi-User System.*"', 'node-not-booted'],
    ['ERROR: failed to create cluster: failed to init node with kubeadm: exit status 1', 'kubeadm-failed'],
  ];
  for (const [line, code] of said) {
    it(`names ${code} in: ${line}`, () => {
      const error = kindFailure(failed(`Creating cluster ...\n${line}`), undefined) as ClusterError;
      expect(error.code).to.equal(code);
      expect(error.hint).to.be.a('string');
      expect(error).to.include({ command: 'kind create cluster', logFile: '/log' });
      expect(error.outputTail).to.include(line);
    });
  }

  it('says where the logs of the nodes are', () => {
    expect((kindFailure(failed('kubelet'), '/logs/nodes') as ClusterError).hint).to.include('/logs/nodes');
  });

  it("keeps kind's own words where it knows no better", () => {
    const error = kindFailure(failed('something new'), undefined) as ClusterError;
    expect(error).to.include({ code: 'kind-failed', message: 'kind failed with exit code 1' });
  });

  it('leaves other errors as they are', () => {
    const missing = new ClusterError({ code: 'command-not-found', message: 'no kind' });
    const other = new Error('x');
    expect(kindFailure(missing, undefined)).to.equal(missing);
    expect(kindFailure(other, undefined)).to.equal(other);
  });
});
