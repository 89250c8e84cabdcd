import { expect } from 'chai';
import type { Matrix, lab as makeLab } from '../../../src/chai/index.ts';

/** What the compiler has to take and to refuse; nobody calls it. */
async function typed(lab: typeof makeLab): Promise<void> {
  const { pod, cluster, policies } = lab({
    namespaces: {
      x: { labels: { team: 'a' }, pods: { client: {}, web: { ports: [80, { port: 53, protocol: 'UDP' }] } } },
    },
    policies: ['policies/', { kind: 'NetworkPolicy' }],
  });
  await expect(pod('x/client')).to.reach('x/web', { port: 80 });
  await expect(pod('x/client')).not.to.reach('x/web', { port: 53, protocol: 'UDP', path: 'dns' }).within(500);
  const matrix: Matrix = { deny: 'all', allow: ['x/client->x/web:80'] };
  await expect(cluster).to.match(matrix);
  expect(policies).to.allow({ from: 'x/client', to: 'x/web', port: 80 });
  expect('text').to.match(/t/);

  // @ts-expect-error a port has to be given
  await expect(pod('x/client')).to.reach('x/web');
  // @ts-expect-error there is no such protocol
  await expect(pod('x/client')).to.reach('x/web', { port: 80, protocol: 'tcp' });
  // @ts-expect-error there is no such way of addressing
  await expect(pod('x/client')).to.reach('x/web', { port: 80, path: 'name' });
  // @ts-expect-error a misspelt field of a matrix
  await expect(cluster).to.match({ denny: 'all' });
  // @ts-expect-error a connection has a destination
  expect(policies).to.allow({ from: 'x/client', port: 80 });
  // @ts-expect-error a misspelt field of a pod
  lab({ namespaces: { x: { pods: { a: { label: { app: 'a' } } } } }, policies: [] });
}

describe('the types of netproof/chai', () => {
  it('are checked with the rest of the project: the file compiles, and every line that must not, does not', () => {
    expect(typed).to.have.length(1);
  });
});
