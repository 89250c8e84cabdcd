import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { clusterMachinery } from '../../../../src/adapters/machinery/cluster-machinery.ts';
import type { Machinery } from '../../../../src/ports/machinery.ts';
import { failure } from '../../../support/failure.ts';
import { fakeEngine } from '../../../support/fake-engine.ts';
import { ApiServerCluster } from '../../../support/machinery/api-server-cluster.ts';
import { virtualClock } from '../../../support/virtual-clock.ts';

/**
 * An engine whose nodes are folders of this machine: `docker exec` runs its script here, with a packet filter that is a
 * file, and a `sleep` that is over when there is a file `awake`. There is no IPv6.
 */
const NODE = `
dir=$(dirname "$LOG")
test "$1" = exec || exit 1
echo "$2" >> "$dir/nodes"
cat > "$dir/iptables" <<'EOS'
#!/bin/sh
shift 2
action=$1
shift
case $action in
  -I) echo "$*" >> "$LOG" ;;
  -D) test -e "\${LOG%/*}/busy" && { rm "\${LOG%/*}/busy"; exit 4; }; grep -qxF -- "$*" "$LOG" && { grep -vxF -- "$*" "$LOG" > "$LOG.new"; mv "$LOG.new" "$LOG"; } ;;
  -S) cat "$LOG" ;;
esac
EOS
printf '#!/bin/sh\\nexit 1\\n' > "$dir/ip6tables"
printf '#!/bin/sh\\nwhile test -d "%s" && ! test -e "%s/awake"; do /bin/sleep 0.02; done\\n' "$dir" "$dir" > "$dir/sleep"
chmod +x "$dir/iptables" "$dir/ip6tables" "$dir/sleep"
PATH="$dir:$PATH"
shift 2
exec "$@"
`;

/** The rules that are in force on the node, without their mark. */
function rulesIn(log: string): readonly string[] {
  const lines = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
  return lines.filter((line) => line !== '').map((line) => line.replace(/netproof-[\w-]+/, 'MARK'));
}

const CLOSED = ['OUTPUT -p tcp --dport 6443', 'INPUT -p tcp --sport 6443'].map(
  (end) => `${end} ! --tcp-flags RST RST -m comment --comment MARK -j REJECT --reject-with tcp-reset`,
);

describe('the API server as a part of the machinery', () => {
  const cluster = new ApiServerCluster();
  const machineryOn = (fake: Awaited<ReturnType<typeof fakeEngine>>, api = cluster): Machinery =>
    clusterMachinery({
      cluster: api.cluster,
      clock: virtualClock(),
      cni: { name: 'calico', version: 'v3.28.5' },
      mayDisrupt: true,
      findEngine: async () => ({ found: true, engine: fake.engine }),
    });

  it('is out of reach of the nodes that do not carry it, until they are joined', async () => {
    await using fake = await fakeEngine(NODE);
    const machinery = machineryOn(fake);
    await machinery.change({ kind: 'cut-api-server' }, undefined, {});
    expect(rulesIn(fake.log)).to.deep.equal(CLOSED);
    await machinery.change({ kind: 'join-api-server' }, undefined, {});
    expect(rulesIn(fake.log)).to.deep.equal([]);
    expect(readFileSync(join(dirname(fake.log), 'nodes'), 'utf8')).to.equal('worker\n'.repeat(3));
    expect(await machinery.restore()).to.deep.equal([]);
  });

  it('is within reach again once the run is over', async () => {
    await using fake = await fakeEngine(NODE);
    const machinery = machineryOn(fake);
    await machinery.change({ kind: 'cut-api-server' }, undefined, {});
    expect(await machinery.restore()).to.deep.equal(['the API server for node worker']);
    expect(rulesIn(fake.log)).to.deep.equal([]);
  });

  it('is within reach again after a while, whatever became of the run, and what was done until the nodes were joined is not known then', async () => {
    await using fake = await fakeEngine(NODE);
    const machinery = machineryOn(fake);
    await machinery.change({ kind: 'cut-api-server' }, undefined, {});
    writeFileSync(join(dirname(fake.log), 'awake'), '');
    while (rulesIn(fake.log).length > 0) await sleep(10);
    const error = await failure(machinery.change({ kind: 'join-api-server' }, undefined, {}));
    expect(error).to.include({ code: 'cut-over' });
    expect(await machinery.restore()).to.deep.equal([]);
  });

  it('is within reach again though the packet filter was busy when a rule was to go', async () => {
    await using fake = await fakeEngine(NODE);
    const machinery = machineryOn(fake);
    writeFileSync(join(dirname(fake.log), 'busy'), '');
    await machinery.change({ kind: 'cut-api-server' }, undefined, {});
    writeFileSync(join(dirname(fake.log), 'awake'), '');
    while (rulesIn(fake.log).length > 0) await sleep(10);
  });

  it('is not cut off where every node carries it', async () => {
    await using fake = await fakeEngine('echo 172.18.0.2 172.18.0.3');
    expect(await machineryOn(fake).lacks('api-server-cut')).to.equal(undefined);
    const alone = new ApiServerCluster({ nodes: ['control-plane'] });
    expect(await machineryOn(fake, alone).lacks('api-server-cut')).to.equal('every node carries the API server');
  });

  it('is killed where it runs, and waited for', async () => {
    await using fake = await fakeEngine('echo "$@" >> "$LOG"');
    const api = new ApiServerCluster({ isKilled: () => existsSync(fake.log) });
    await machineryOn(fake, api).change({ kind: 'restart-api-server' }, undefined, {});
    expect(readFileSync(fake.log, 'utf8'))
      .to.match(/^exec control-plane sh -c/)
      .and.match(/sh kube-system kube-apiserver$/m);
  });

  it('is not killed where it is no pod', async () => {
    await using fake = await fakeEngine('echo 172.18.0.2 172.18.0.3');
    expect(await machineryOn(fake).lacks('api-server-restart')).to.equal(undefined);
    const hosted = new ApiServerCluster({ nodes: ['worker'] });
    expect(await machineryOn(fake, hosted).lacks('api-server-restart')).to.equal(
      'the API server is no pod of the cluster',
    );
  });
});
