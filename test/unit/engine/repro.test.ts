import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect } from 'chai';
import { loadScenarios } from '../../../src/adapters/files/load-scenarios.ts';
import type { Cell, Path } from '../../../src/core/matrix/cell.ts';
import type { IpFamily } from '../../../src/core/model/protocol.ts';
import { cellsOf } from '../../../src/core/scenario/cells.ts';
import type { Change, Scenario } from '../../../src/core/scenario/scenario.ts';
import { reproOf } from '../../../src/engine/repro.ts';
import { webScenario } from '../../support/engine/web-scenario.ts';

const NODES = loadScenarios(['scenarios/paths/node-addresses.yaml'])[0]!;
const HOST_NETWORK = loadScenarios(['scenarios/paths/host-network-targets.yaml'])[0]!;
const OUTSIDE = loadScenarios(['scenarios/paths/outside-ip-block.yaml'])[0]!;
const WEB = webScenario([]);

/** Answers `kubectl get` as a dual-stack cluster does, and says of `kubectl run` what it was given, a word a line. */
const KUBECTL = `#!/bin/sh
case "$*" in
  *' run '*) printf '%s\\n' "$@" ;;
  '-n x get pod '*'{.spec.nodeName}') printf node-2 ;;
  '-n x get pod '*'{.status.hostIP}') printf 172.18.0.2 ;;
  '-n x get pod '*'{.status.hostIPs[*].ip}') printf '172.18.0.2 fc00::2' ;;
  '-n x get pods -l app='*'{.items[0].status.hostIP}') printf 172.18.0.3 ;;
  '-n x get pods -l app='*'{.items[0].status.hostIPs[*].ip}') printf '172.18.0.3 fc00::3' ;;
  '-n x get pod '*'{.status.podIP}') printf 10.244.1.5 ;;
  '-n x get pod '*'{.status.podIPs[*].ip}') printf '10.244.1.5 fd00::5' ;;
  '-n x get service '*'{.spec.clusterIP}') printf 10.96.0.9 ;;
  '-n x get service '*'{.spec.clusterIPs[*]}') printf '10.96.0.9 fd00::9' ;;
  '-n x get service '*'{.spec.ports[0].nodePort}') printf 30123 ;;
  *) echo "not expected: $*" ;;
esac
`;

describe('the command that repeats a cell', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netproof-repro-'));
  before(() => {
    writeFileSync(join(folder, 'kubectl'), KUBECTL);
    chmodSync(join(folder, 'kubectl'), 0o755);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const cellBy = (scenario: Scenario, path: Path, over: Partial<Cell> & { family?: IpFamily } = {}): Cell => {
    const wanted = { path, ...over };
    const cells = cellsOf(scenario, [over.family ?? 'IPv4']);
    const found = cells.find((cell) =>
      Object.entries(wanted).every(([key, value]) => cell[key as keyof Cell] === value),
    );
    if (found === undefined) throw new RangeError(`no such cell: ${JSON.stringify(wanted)}`);
    return found;
  };
  /** The words that `kubectl run` is given when a shell runs the command. */
  const runOf = (scenario: Scenario, cell: Cell, changes: readonly Change[] = []): readonly string[] => {
    const command = reproOf(cell, { scenario, changes });
    const env = { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}` };
    return execFileSync('sh', ['-c', command], { encoding: 'utf8', env }).trimEnd().split('\n');
  };
  const dialOf = (scenario: Scenario, path: Path, over: Partial<Cell> = {}): string | undefined =>
    runOf(scenario, cellBy(scenario, path, over)).at(-1);

  it('runs a pod with the labels of the source, in its namespace', () => {
    expect(runOf(WEB, cellBy(WEB, 'pod-ip', { from: 'y/client' })).slice(0, -1)).to.deep.equal([
      ...['-n', 'y', 'run', 'repro', '--rm', '-i', '--restart=Never', '--image=alpine:3.22', '--labels=role=other'],
      ...['--', 'sh', '-c'],
    ]);
    expect(runOf(WEB, cellBy(WEB, 'pod-ip', { from: 'x/client' })).join(' ')).to.not.include('--labels');
  });

  it('takes the labels that the source had at the time', () => {
    const relabelled = { kind: 'label-pod', pod: 'y/client', labels: { role: null, team: 'a' } } as const;
    expect(runOf(WEB, cellBy(WEB, 'pod-ip', { from: 'y/client' }), [relabelled])).to.include('--labels=team=a');
  });

  it('dials what the path stands for', () => {
    expect(dialOf(WEB, 'pod-ip')).to.equal('wget -qO- --timeout=2 http://10.244.1.5:80');
    expect(dialOf(WEB, 'cluster-ip')).to.equal('wget -qO- --timeout=2 http://10.96.0.9:80');
    expect(dialOf({ ...WEB, paths: ['dns'] }, 'dns')).to.equal('wget -qO- --timeout=2 http://web.x:80');
    expect(dialOf(NODES, 'host-port')).to.equal('wget -qO- --timeout=2 http://172.18.0.2:30480');
    expect(dialOf(NODES, 'node-port', { from: 'x/client' })).to.equal('wget -qO- --timeout=2 http://172.18.0.3:30123');
    expect(dialOf(NODES, 'node')).to.equal('nc -zv -w 2 172.18.0.2 10250');
  });

  it('dials addresses of the cell’s family', () => {
    const IPv6 = { family: 'IPv6' } as const;
    expect(dialOf(WEB, 'pod-ip', IPv6)).to.equal('wget -qO- --timeout=2 http://[fd00::5]:80');
    expect(dialOf(WEB, 'cluster-ip', IPv6)).to.equal('wget -qO- --timeout=2 http://[fd00::9]:80');
    expect(dialOf(NODES, 'host-port', IPv6)).to.equal('wget -qO- --timeout=2 http://[fc00::2]:30480');
    expect(dialOf(NODES, 'node-port', { ...IPv6, from: 'x/client' })).to.equal(
      'wget -qO- --timeout=2 http://[fc00::3]:30123',
    );
    expect(dialOf(NODES, 'node', IPv6)).to.equal('nc -zv -w 2 fc00::2 10250');
    const udp: Cell = { ...cellBy(WEB, 'pod-ip', IPv6), protocol: 'UDP' };
    expect(runOf(WEB, udp).at(-1)).to.equal('echo netproof | timeout 2 nc -u -w 2 fd00::5 80');
  });

  it('puts the pod where it has to be: beside a source on its node’s network, and on the node that is dialled', () => {
    expect(runOf(HOST_NETWORK, cellBy(HOST_NETWORK, 'pod-ip', { from: 'x/bystander' }))).to.include(
      '--overrides={"apiVersion":"v1","spec":{"hostNetwork":true,"nodeName":"node-2"}}',
    );
    expect(runOf(NODES, cellBy(NODES, 'node'))).to.include(
      '--overrides={"apiVersion":"v1","spec":{"nodeName":"node-2"}}',
    );
    expect(runOf(HOST_NETWORK, cellBy(HOST_NETWORK, 'pod-ip', { from: 'x/client' })).join(' ')).to.not.include(
      'overrides',
    );
  });

  it('says why there is no command where there is none, and what repeats it', () => {
    const sentence = (scenario: Scenario, cell: Cell): string => reproOf(cell, { scenario, changes: [] });
    const again = '; "netproof run paths/outside-ip-block" sets everything up and dials again';
    for (const cell of cellsOf(OUTSIDE, ['IPv4'])) {
      const host = [cell.from, cell.to].find((end) => end.startsWith('outside/'));
      const command = sentence(OUTSIDE, cell);
      if (host === undefined) expect(command).to.match(/^kubectl/);
      else expect(command).to.include(`for ${host} is a host outside`).and.include(again);
    }
    expect(sentence(NODES, cellBy(NODES, 'node-port', { from: 'outside/client' }))).to.match(/^no kubectl command/);
    const sctp: Cell = { ...cellBy(WEB, 'pod-ip'), protocol: 'SCTP' };
    expect(sentence(WEB, sctp)).to.include('no program of the image speaks SCTP');
  });
});
