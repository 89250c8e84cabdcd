import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect } from 'chai';
import { reproScript } from '../../../../src/adapters/evidence/repro/repro-script.ts';
import { clusterWorkloads } from '../../../../src/adapters/prober/pods/workloads.ts';
import type { KubeObject } from '../../../../src/ports/cluster.ts';
import { policy, webScenario } from '../../../support/engine/web-scenario.ts';
import { aCase } from '../../../support/evidence/a-case.ts';

/** Plays kubectl: keeps what is applied, and lets execs find the cell open, or closed once there is a policy. */
const KUBECTL = `#!/bin/sh
echo "$*" >> "$FAKE/calls"
case "$*" in
  *"apply --server-side"*) cat >> "$FAKE/applied" ;;
  *"get pod "*) echo "fd00::7 10.244.1.7" ;;
  *" exec "*)
    case "$PLUGIN" in
      leaks) echo "open, answered by x/web" ;;
      enforces) if grep -q NetworkPolicy "$FAKE/applied"; then echo dropped; else echo "open, answered by x/web"; fi ;;
      breaks) exit 1 ;;
    esac ;;
esac
`;

describe('repro.sh', () => {
  let fake: string;
  beforeEach(() => {
    fake = mkdtempSync(join(tmpdir(), 'netproof-repro-'));
    mkdirSync(join(fake, 'bin'));
    writeFileSync(join(fake, 'bin', 'kubectl'), KUBECTL, { mode: 0o755 });
    writeFileSync(join(fake, 'bin', 'sleep'), '#!/bin/sh\n', { mode: 0o755 });
    writeFileSync(join(fake, 'applied'), '');
  });
  afterEach(() => rmSync(fake, { recursive: true }));

  function run(plugin: 'leaks' | 'enforces' | 'breaks', found = aCase()) {
    const script = join(fake, 'repro.sh');
    writeFileSync(script, reproScript(found, clusterWorkloads)!);
    const env = { PATH: `${join(fake, 'bin')}${delimiter}${process.env.PATH}`, FAKE: fake, PLUGIN: plugin, WATCH: '0' };
    const { status, stdout, stderr } = spawnSync('sh', [script], { env, encoding: 'utf8' });
    const applied = readFileSync(join(fake, 'applied'), 'utf8').trim().split('\n').filter(Boolean);
    return {
      status,
      said: stdout + stderr,
      applied: applied.map((line): KubeObject => JSON.parse(line)),
      calls: readFileSync(join(fake, 'calls'), 'utf8'),
    };
  }
  /** Judged from the change on: no grace. */
  const unforgiving = () => {
    const found = aCase();
    return {
      ...found,
      planned: { ...found.planned, cells: found.planned.cells.map((cell) => ({ ...cell, before: cell.expected })) },
    };
  };

  it('exits 1 where it happens again', () => {
    const { status, said } = run('leaks', unforgiving());
    expect(said).to.match(/WRONG .* x\/client->x\/web:80\/TCP via pod-ip is open, answered by x\/web, expected closed/);
    expect(said).to.contain('It happened again');
    expect(status).to.equal(1);
  });

  it('exits 0 where it does not', () => {
    const { status, said } = run('enforces', unforgiving());
    expect(said).to.contain('It did not happen again');
    expect(status).to.equal(0);
  });

  it('exits 3 where it cannot find out', () => {
    const { status, said } = run('breaks');
    expect(said).to.contain('could not find out: x/client->x/web:80/TCP via pod-ip is not open without policies');
    expect(status).to.equal(3);
  });

  it('makes everything from nothing, in the order of the scenario, and removes it', () => {
    const { applied, calls } = run('leaks');
    expect(applied.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`)).to.deep.equal([
      'Namespace /repro-abc123-x',
      'Namespace /repro-abc123-y',
      applied[2]!.kind === 'ConfigMap' ? `ConfigMap repro-abc123-x/${applied[2]!.metadata.name}` : '',
      'Pod repro-abc123-x/web',
      'Pod repro-abc123-x/client',
      `ConfigMap repro-abc123-y/${applied[2]!.metadata.name}`,
      'Pod repro-abc123-y/client',
      'Service repro-abc123-x/web',
      'NetworkPolicy repro-abc123-x/deny',
    ]);
    expect(applied[3]!.spec, 'on the node where it was').to.include({ nodeName: 'node-1' });
    expect(calls.trim().split('\n').at(-1)).to.equal('delete namespace --wait=false repro-abc123-x repro-abc123-y');
  });

  it('fills placeholders with the addresses that it finds', () => {
    const blocks = [
      { ipBlock: { cidr: '${ip:y/client}/32' } },
      { ipBlock: { cidr: '${cidr:y/client/20}' } },
      { ipBlock: { cidr: '${podCIDR}' } },
    ];
    const scenario = webScenario([
      { name: 'block', changes: [{ kind: 'apply', manifest: policy('block', { ingress: [{ from: blocks }] }) }] },
    ]);
    const { applied } = run('leaks', aCase(scenario));
    const { spec } = applied.at(-1) as unknown as { spec: { ingress: readonly { from: unknown }[] } };
    expect(spec.ingress[0]!.from).to.deep.equal([
      { ipBlock: { cidr: '10.244.1.7/32' } },
      { ipBlock: { cidr: '10.244.0.0/20' } },
      { ipBlock: { cidr: '10.244.0.0/16' } },
    ]);
  });
});
