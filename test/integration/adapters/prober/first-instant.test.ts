import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { firstInstantCommand, firstInstantEnv } from '../../../../src/adapters/prober/wget/first-instant-script.ts';
import { recallFirstInstant } from '../../../../src/adapters/prober/wget/recall.ts';
import type { Cluster } from '../../../../src/ports/cluster.ts';
import { ProbeEvents, probeOf } from '../../../support/probe-events.ts';
import { systemClock } from '../../../support/system-clock.ts';

const WGET = `
[ "$1 $2" = "-qO- --timeout=2" ] || { echo "usage" >&2; exit 3; }
case "$3" in
  http://10.0.0.1:8080) printf 'netproof-identity: x/b\\n' ;;
  http://10.0.0.2) echo 'wget: download timed out' >&2; exit 1 ;;
esac`;

/** Serves, or is a connection: the first does not come about, the second is spoken on ten times and then ends. */
const NC = `
case "$1" in
  -lk) echo "$*" >>"\${0%/*}/served"; exit ;;
esac
[ -e "\${0%/*}/tried" ] || { touch "\${0%/*}/tried"; exit 1; }
for each in 1 2 3 4 5 6 7 8 9 10; do read -r question; printf 'netproof-identity: x/b\\n%s\\n' "$question"; done`;

/** The pod's first command as a process of this machine, with programs of the test's own in the place of BusyBox'. */
class LocalPod implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'netproof-first-instant-'));
  readonly #log = join(this.folder, 'log');
  readonly startedMs = systemClock.now();
  readonly #process: ReturnType<typeof spawn>;

  constructor() {
    this.#program('wget', WGET);
    this.#program('nc', NC);
    const dials = [
      { host: '10.0.0.1', port: 8080, hold: true as const },
      { host: '10.0.0.2', port: 80 },
    ];
    const ports = [{ port: 81, protocol: 'TCP' as const }];
    const [shell = '', ...args] = firstInstantCommand;
    this.#process = spawn(shell, args, {
      env: {
        PATH: `${this.folder}:${process.env.PATH}`,
        ...firstInstantEnv({ ports, identity: 'x/a', dials }, this.#log),
      },
      stdio: 'ignore',
      detached: true,
    });
  }

  #program(name: string, script: string): void {
    writeFileSync(join(this.folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(this.folder, name), 0o755);
  }

  get log(): string {
    try {
      return readFileSync(this.#log, 'utf8');
    } catch {
      return '';
    }
  }

  get served(): string {
    return readFileSync(join(this.folder, 'served'), 'utf8');
  }

  /** The part of a cluster that recalling needs: runs the command here, on the log of this pod. */
  readonly cluster: Cluster = {
    run: async (_pod: unknown, [program = '', , ...others]: readonly string[]) => {
      const { stdout, stderr } = await promisify(execFile)(program, [this.#log, ...others]);
      return { end: { kind: 'exited', code: 0 }, stdout, stderr };
    },
  } as unknown as Cluster;

  async end(): Promise<number | null> {
    const exited = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    const [code] = await exited;
    return code;
  }

  [Symbol.dispose](): void {
    try {
      process.kill(-(this.#process.pid ?? 0), 'SIGKILL');
    } catch {
      // It has ended.
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const pod = { name: 'x/a', ref: { namespace: 'np-x', name: 'a' }, method: 'wget' as const };
const cell = { method: 'wget' as const };
const linkTo = (cluster: Cluster, events: ProbeEvents) => ({
  cluster,
  clock: systemClock,
  pod,
  onEvent: events.add,
  signal: new AbortController().signal,
});

describe('a pod that dials from its first instant', () => {
  it('tells each attempt, and when it was sent, once somebody asks', async function () {
    this.timeout(20_000);
    using local = new LocalPod();
    const events = new ProbeEvents();
    const told = (): readonly string[] => local.log.split('\n').filter((line) => line.startsWith('A '));
    await events.until(() =>
      ['.1:8080 ', '.2 '].every((end) => told().filter((line) => line.includes(end)).length > 2),
    );
    await recallFirstInstant(linkTo(local.cluster, events), [
      probeOf({ id: 1, host: '10.0.0.1', cell: { ...cell, port: 8080 } }),
      probeOf({ id: 2, host: '10.0.0.2', cell: { ...cell, port: 80 } }),
      probeOf({ id: 3, host: '10.0.0.3', cell: { ...cell, port: 80 } }),
    ]);
    const recalledMs = systemClock.now();
    const [first] = events.attempts(1);
    expect(first).to.include({ outcome: 'open', answeredBy: 'x/b', latenessMs: 0 });
    expect(events.attempts(2)[0]).to.include({ outcome: 'dropped', detail: 'wget: download timed out' });
    expect(events.attempts(3)).to.deep.equal([]);
    for (const { sentMs, errorMs, durationMs } of events.all.flatMap((event) =>
      event.kind === 'attempt' ? [event.attempt] : [],
    )) {
      expect(sentMs + errorMs, 'sent after the pod began').to.be.at.least(local.startedMs);
      expect(sentMs + durationMs - errorMs, 'ended before it was told').to.be.at.most(recalledMs);
    }
    expect(local.served).to.match(/^-lk -p 81 -e sh -c /);
    expect(await local.end()).to.equal(0);
  });

  it('tells what it heard on a connection that it holds, and when that ended', async function () {
    this.timeout(20_000);
    using local = new LocalPod();
    const events = new ProbeEvents();
    await events.until(() => local.log.split('\n').some((line) => line.startsWith('B ')));
    const keep = probeOf({ id: 9, host: '10.0.0.1', cell: { ...cell, port: 8080 }, hold: 'keep' });
    await recallFirstInstant(linkTo(local.cluster, events), [keep]);
    const outcomes = events.attempts(9).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'open')).to.have.length(10);
    expect(outcomes.at(-1), 'the end of the connection').to.equal('refused');
    expect(events.attempts(1), 'attempts of their own').to.deep.equal([]);
  });

  it('is not known where it says nothing, or nothing of an address', async () => {
    const told = (stdout: string, code = 0): Cluster =>
      ({
        run: async () => ({ end: { kind: 'exited', code }, stdout, stderr: 'cat: no such file' }),
      }) as unknown as Cluster;
    const failureOf = (cluster: Cluster) =>
      recallFirstInstant(linkTo(cluster, new ProbeEvents()), []).then(
        () => undefined,
        ({ message }: Error) => message.replace(/^pod x\/a does not say what it dialled from its first instant: /, ''),
      );
    expect(await failureOf(told('', 1))).to.equal('cat: no such file');
    expect(
      await failureOf(told('U http://10.0.0.1 http://10.0.0.2\nA http://10.0.0.1 1.00 1.01 0 x\n9.99 9.99\n')),
    ).to.equal('http://10.0.0.2');
    expect(await failureOf(told('U http://10.0.0.1\nA http://10.0.0.1 1.00 1.01 0 x\n9.99 9.99\n'))).to.equal(
      undefined,
    );
    expect(await failureOf(told('U \n9.99 9.99\n')), 'nothing was there to dial').to.equal(undefined);
  });
});
