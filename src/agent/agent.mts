/**
 * The program in netproof's pods: serves the scenario's ports and probes what the engine asks for. One file without
 * dependencies, because it is shipped in a ConfigMap and run as is by Node.js 24; hence longer than other files.
 *
 *   node agent.mts serve CONFIG   the pod's main process; CONFIG is JSON (`Config`)
 *   node agent.mts attach SOCKET  relays stdin and stdout to it, started by an exec
 *
 * Both ways of the stream are lines of JSON. In: `start`, `resume`, `schedule`, `time`, `beat`, `half-open`. Out: `hello`, `time`,
 * `scheduled`, and numbered records (`attempt`, `canary`, `heartbeat`) that are replayed after a lost stream. Times are
 * milliseconds of this process' monotonic clock.
 */
import { createSocket } from 'node:dgram';
import { readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { flushCompileCache } from 'node:module';
import { type AddressInfo, connect, createServer, isIP, isIPv6, type Socket, SocketAddress } from 'node:net';
import { endianness } from 'node:os';

interface Config {
  /** Logical name of the pod, `namespace/name`: every answer carries it. */
  readonly identity: string;
  readonly ports: readonly Served[];
  /** Path of the unix socket for `attach`. */
  readonly socket: string;
  /** The pod's own address: the canary dials it. */
  readonly address: string;
  /** Address that servers listen on; default all. */
  readonly listen?: string;
  /** Records kept for replay. */
  readonly buffer?: number;
  /** Default: what /etc/resolv.conf says. */
  readonly resolver?: Resolver;
}

/** `speaks`: answers gRPC health checks, not with its identity. `payloadBytes`: answers have so many. */
interface Served {
  readonly port: number;
  readonly protocol: string;
  readonly speaks?: 'grpc';
  readonly payloadBytes?: number;
}

/** Where names are asked for, and how short ones are completed (resolv.conf(5)). */
interface Resolver {
  readonly host: string;
  readonly port: number;
  readonly search: readonly string[];
  readonly ndots: number;
}

interface Target {
  readonly host: string;
  readonly port: number;
  readonly protocol: string;
  readonly family: string;
  readonly timeoutMs: number;
  /** An attempt that got no answer is reported so, and then listened to a while longer: see `PATIENCE_MS`. */
  readonly patient?: boolean;
  /** A datagram has so many bytes, and so many an answer has to have; default: a line is enough. */
  readonly payloadBytes?: number;
  /** Of a connection that is held, or dialled again: its source port, other destinations' too; default: the next free one, or the one that was held. */
  readonly sourcePort?: number;
}

interface Probe extends Target {
  readonly id: number;
  readonly intervalMs: number;
  /** `keep`: not a connection an attempt, but an exchange on one that is held open. `again`: see `dialAgain`. */
  readonly hold?: 'keep' | { readonly again: number };
}

/** What an attempt came to. `by` and `source` are what the answer says, `handshake`: connected, but no answer. */
interface Finding {
  readonly outcome: 'open' | 'dropped' | 'refused' | 'unresolved' | 'inconclusive';
  readonly handshake?: true;
  readonly by?: string;
  readonly source?: string;
  readonly error?: string;
  /** It came to a packet that was sent again, after `dropped` was said of the attempt. */
  readonly again?: true;
  /** Source port, of a SYN without an answer also the source address, by which the pod that it arrived at knows it. */
  readonly port?: number;
  readonly address?: string;
}

/** `overshootMs`: how late the limit's timer fired. Called once more where a patient attempt came through after all. */
type Done = (finding: Finding, overshootMs: number) => void;

const CANARY_MS = 400;
/** An agent that probes nothing: dozens of them stand beside those that do. */
const IDLE_CANARY_MS = 1000;
const HEARTBEAT_MS = 500;
/** An agent later than this tells it at once: a heartbeat says for how long it was late, and no more than its own time. */
const LATE_MS = 100;
/**
 * How often timers are looked at, and what was recorded is sent. Every write passes five programs on its way: few large ones
 * cost a fraction of many small ones.
 */
const PULSE_MS = 100;
/** The same while nobody reads and nothing is probed. */
const IDLE_PULSE_MS = 200;
/** An agent that nobody reads probes on for so long: a stream that broke is opened again for 40 s. */
const ORPHAN_MS = 60_000;
const LARGEST_ANSWER = 65_536;
/**
 * How long a patient attempt is listened to: a SYN is sent again after 1 s, a datagram by us when its limit is over. What
 * stops a first packet only lets the second one through.
 */
const PATIENCE_MS = 1_400;
/** Of each probe one attempt in so many ms is patient: one at least in the first part of every hold. */
const PATIENT_EVERY_MS = 250;
/** A held connection of which nothing is heard is given up after this: longer than any step. */
const HELD_IDLE_MS = 600_000;

const now = (): number => performance.now();
const round = (ms: number): number => Math.round(ms * 1000) / 1000;
const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException)?.code ?? String(error);

// Source ports. A packet with the addresses and ports of a connection that conntrack still knows bypasses a new policy,
// so no port comes again within 180 s for one destination. The index of a port follows the wall clock, at most 2 s
// behind it and never ahead: a restarted agent, or a new pod with an old address, begins where no earlier one has been.
const PORT_FIRST = 10_000;
const PORT_COUNT = 55_536;
const PORTS_PER_SECOND = 300;
const PORT_SLACK = 2 * PORTS_PER_SECOND;
const indexAt = (ms: number): number => Math.floor(((performance.timeOrigin + ms) / 1000) * PORTS_PER_SECOND);
const nextIndex = new Map<string, number>();

function sourcePort(destination: string): number | undefined {
  const newest = indexAt(now());
  const index = Math.max(nextIndex.get(destination) ?? 0, newest - PORT_SLACK, indexAt(0));
  if (index > newest) return undefined;
  nextIndex.set(destination, index + 1);
  // Different destinations start apart: two paths to one backend must not meet in one tuple after translation.
  let offset = 0;
  for (const char of destination) offset = (offset * 31 + char.charCodeAt(0)) % PORT_COUNT;
  return PORT_FIRST + ((index + offset) % PORT_COUNT);
}

/**
 * Runs out after `ms`, but only after one more look at the sockets: an answer that already waits there counts, and calls
 * it off by what is returned.
 */
function expire(ms: number, done: (overshootMs: number) => void): () => void {
  const due = now() + ms;
  let look: NodeJS.Immediate | undefined;
  const timer = setTimeout(() => {
    look = setImmediate(done, now() - due);
  }, ms);
  return () => {
    clearTimeout(timer);
    clearImmediate(look);
  };
}

/**
 * Error numbers that an answer of the network makes (icmp(7), and the table icmp_err_convert of Linux; of IPv6 EACCES and
 * EPROTO). EPERM and EACCES are also what a filter in the pod's own network says.
 */
const REFUSALS = new Set(
  'ECONNREFUSED EHOSTUNREACH ENETUNREACH EHOSTDOWN ENONET ENOPROTOOPT EOPNOTSUPP EPROTO EPERM EACCES'.split(' '),
);

/**
 * What an error number says about the network. ECONNRESET is a reset after the handshake, even if it was there before
 * we looked: before it, Linux says ECONNREFUSED. ENETUNREACH that comes at once is the pod's own lack of a route, so it
 * says nothing, as does every number that is not named here.
 */
function failed(code: string, connected: boolean, atOnce = false): Finding {
  if (connected || code === 'ECONNRESET') return { outcome: 'refused', handshake: true, error: code };
  if (code === 'ETIMEDOUT') return { outcome: 'dropped', error: code };
  const refused = REFUSALS.has(code) && !(atOnce && code === 'ENETUNREACH');
  return { outcome: refused ? 'refused' : 'inconclusive', error: code };
}

/** Runs once Node.js has told what the kernel said in the call itself; what the network says comes later. */
function afterAtOnce(then: () => void): void {
  process.nextTick(() => process.nextTick(() => process.nextTick(then)));
}

/** An answer without an identity is told by its first words. */
function answered(text: string): Finding {
  const by = /netproof-identity: ([\w./-]+)[\s<]/.exec(text)?.[1];
  const source = /netproof-source: (\S+)\s/.exec(text)?.[1];
  const who = by === undefined ? { error: JSON.stringify(text.slice(0, 60)) } : { by };
  return { outcome: 'open', ...who, ...(source !== undefined && { source }) };
}

function dialTcp(target: Target, host: string, localPort: number, done: Done): void {
  let connected = false;
  let over = false;
  let atOnce = true;
  /** That nothing came in time was reported: from then on only a connection is of interest. */
  let late = false;
  let answer = '';
  const wanted = target.payloadBytes ?? 1;
  const socket = connect({ host, port: target.port, localPort });
  const finish = (finding: Finding, overshootMs = 0): void => {
    if (over) return;
    over = true;
    callOff();
    // A reset leaves no TIME_WAIT behind; on a socket that is still connecting it would wait for the handshake.
    if (connected && !socket.destroyed) socket.resetAndDestroy();
    else socket.destroy();
    if (late && connected) done({ ...finding, again: true }, overshootMs);
    else if (!late) done(finding, overshootMs);
  };
  const limit = (overshootMs: number): void => {
    if (answer.length >= wanted) finish(answered(answer), overshootMs);
    else if (connected) finish(nothingCame(true), overshootMs);
    else if (late || !target.patient) finish(noAnswerTo(socket), overshootMs);
    else {
      late = true;
      done(noAnswerTo(socket), overshootMs);
      callOff = expire(PATIENCE_MS - target.timeoutMs, limit);
    }
  };
  let callOff = expire(target.timeoutMs, limit);
  afterAtOnce(() => {
    atOnce = false;
  });
  socket.on('connect', () => {
    connected = true;
    socket.write(`GET / HTTP/1.0\r\nHost: ${target.host}\r\n\r\n`);
  });
  socket.on('data', (chunk) => {
    answer += chunk.toString('latin1');
    const finding = answered(answer);
    if ((finding.by !== undefined && answer.length >= wanted) || answer.length > LARGEST_ANSWER) finish(finding);
  });
  const whole = (): boolean => answer.length >= wanted;
  socket.on('end', () => finish(whole() ? answered(answer) : failed('closed without an answer', true)));
  socket.on('error', (error) => finish(whole() ? answered(answer) : failed(codeOf(error), connected, atOnce)));
}

const noAnswerTo = ({ localAddress: address, localPort: port }: Socket): Finding => ({
  outcome: 'dropped',
  ...(address !== undefined && { address }),
  ...(port !== undefined && { port }),
});
const padded = (text: string, bytes = 0): string => text.padEnd(bytes, '.');
const nothingCame = (connected: boolean): Finding => ({ outcome: 'dropped', ...(connected && { handshake: true }) });

/** A socket for datagrams. Once connected, those of one source port hear of their own destination only. */
const flowTo = (host: string, { sourcePort }: Target): ReturnType<typeof createSocket> =>
  createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4', reuseAddr: sourcePort !== undefined });

/** Sends one datagram from a connected socket, which hears of ICMP errors; hands over the answer or what went wrong. */
function exchange(
  target: Target,
  host: string,
  localPort: number,
  payload: Uint8Array,
  done: (answer: Buffer | undefined, finding: Finding, overshootMs: number) => void,
): void {
  let over = false;
  let late = false;
  const socket = flowTo(host, target);
  const finish = (answer: Buffer | undefined, finding: Finding, overshootMs = 0): void => {
    if (over) return;
    over = true;
    callOff();
    socket.close();
    if (late && answer !== undefined) done(answer, { ...finding, again: true }, overshootMs);
    else if (!late) done(answer, finding, overshootMs);
  };
  const limit = (overshootMs: number): void => {
    if (late || !target.patient) {
      finish(undefined, nothingCame(false), overshootMs);
      return;
    }
    late = true;
    done(undefined, nothingCame(false), overshootMs);
    callOff = expire(PATIENCE_MS - target.timeoutMs, limit);
    socket.send(payload);
  };
  let callOff = expire(target.timeoutMs, limit);
  socket.on('error', (error) => finish(undefined, failed(codeOf(error), false)));
  socket.on('message', (message) => finish(message, { outcome: 'open' }));
  // Where there is no way to the address, connecting says so at once.
  const connected = (error?: Error): void => {
    if (error) finish(undefined, failed(codeOf(error), false, true));
    else if (!over) socket.send(payload);
  };
  socket.bind(localPort, () => over || socket.connect(target.port, host, connected));
}

function dialUdp(target: Target, host: string, localPort: number, done: Done): void {
  const payload = Buffer.from(padded(`netproof-probe ${config.identity} ${localPort}\n`, target.payloadBytes));
  exchange(target, host, localPort, payload, (answer, finding, overshootMs) =>
    done({ ...finding, ...(answer && answered(answer.toString('latin1'))), port: localPort }, overshootMs),
  );
}

/** Dials from the next free source port. `begun` is told the time of each try: the last one is the attempt's. */
function dial(target: Target, host: string, begun: (atMs: number) => void, done: Done): void {
  const localPort = sourcePort(`${target.protocol} ${host} ${target.port}`);
  begun(now());
  if (localPort === undefined) {
    done({ outcome: 'inconclusive', error: 'no source port is free' }, 0);
    return;
  }
  const dialled: Done = (finding, overshootMs) =>
    finding.error === 'EADDRINUSE' ? dial(target, host, begun, done) : done(finding, overshootMs);
  try {
    if (target.protocol === 'TCP') dialTcp(target, host, localPort, dialled);
    else if (target.protocol === 'UDP') dialUdp(target, host, localPort, dialled);
    else done({ outcome: 'inconclusive', error: `${target.protocol} is not probed` }, 0);
  } catch (error) {
    done({ outcome: 'inconclusive', error: codeOf(error) }, 0);
  }
}

// Name resolution by hand: the resolver of Node.js keeps its socket, and a known flow may pass a new policy.
const DNS_TRIES = 2;
const DNS_TYPES: Readonly<Record<string, number>> = { IPv4: 1, IPv6: 28 };

function dnsQuery(name: string, type: number, id: number): Buffer {
  const labels = name.replace(/\.$/, '').split('.');
  const question = labels.flatMap((label) => [Buffer.from([Buffer.byteLength(label)]), Buffer.from(label)]);
  const header = Buffer.from([id >> 8, id & 255, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
  return Buffer.concat([header, ...question, Buffer.from([0, 0, type, 0, 1])]);
}

/** The first address of the wanted type in an answer; undefined when there is none, or the message is cut short. */
function dnsAddress(message: Buffer, type: number): string | undefined {
  let at = 12;
  const byte = (offset: number): number => message[offset] ?? 0;
  const skipName = (): void => {
    while (byte(at) !== 0 && byte(at) < 192) at += byte(at) + 1;
    at += byte(at) === 0 ? 1 : 2;
  };
  for (let questions = byte(5); questions > 0; questions--) {
    skipName();
    at += 4;
  }
  for (let answers = byte(7); answers > 0 && at < message.length; answers--) {
    skipName();
    const length = byte(at + 8) * 256 + byte(at + 9);
    const found = byte(at + 1);
    const data = message.subarray(at + 10, at + 10 + length);
    at += 10 + length;
    if (found === 1 && type === 1 && data.length === 4) return data.join('.');
    if (found === 28 && type === 28 && data.length === 16) return data.toString('hex').match(/.{4}/g)?.join(':');
  }
  return undefined;
}

function dnsProblem(message: Buffer): string {
  const code = (message[3] ?? 0) & 15;
  return code === 3 ? 'NXDOMAIN' : `no address in the answer, code ${code}`;
}

function systemResolver(): Resolver {
  const text = readFileSync('/etc/resolv.conf', 'utf8');
  const host = /^nameserver\s+(\S+)/m.exec(text)?.[1] ?? '127.0.0.1';
  const search = /^search\s+(.+)$/m.exec(text)?.[1]?.trim().split(/\s+/) ?? [];
  return { host, port: 53, search, ndots: Number(/ndots:(\d+)/.exec(text)?.[1] ?? 1) };
}

/** The names to ask for one after the other: completed ones first when there are few dots in it. */
function candidates(name: string, { search, ndots }: Resolver): string[] {
  const completed = name.endsWith('.') ? [] : search.map((domain) => `${name}.${domain}`);
  return name.split('.').length > ndots ? [name, ...completed] : [...completed, name];
}

type Resolved = (address: string | undefined, problem: string) => void;

/**
 * Asks until a name has an address. A question without an answer is asked once more, from another port, as resolvers do
 * (resolv.conf(5), attempts); then it is over: the next name would meet the same policy.
 */
function resolveName(target: Target, names: readonly string[], done: Resolved, tries = DNS_TRIES): void {
  const { host, port } = resolver;
  const [name = target.host, ...others] = names;
  const localPort = sourcePort(`UDP ${host} ${port}`);
  if (localPort === undefined) {
    done(undefined, 'no source port is free');
    return;
  }
  const type = DNS_TYPES[target.family] ?? 1;
  exchange({ ...target, port }, host, localPort, dnsQuery(name, type, localPort), (message, finding) => {
    if (finding.error === 'EADDRINUSE') resolveName(target, names, done, tries);
    else if (message === undefined && finding.outcome === 'dropped' && tries > 1)
      resolveName(target, names, done, tries - 1);
    else if (message === undefined) done(undefined, finding.error ?? `no answer from ${host}`);
    else {
      const address = dnsAddress(message, type);
      if (address === undefined && others.length > 0) resolveName(target, others, done);
      else done(address, dnsProblem(message));
    }
  });
}

/** When the attempts began that are not reported yet, in that order. */
const underWay = new Set<{ readonly sinceMs: number }>();

/** One attempt, reported as the fields of its record. */
function attempt(target: Target, plannedMs: number, report: (fields: object) => void): void {
  let sentMs = now();
  let late = sentMs - plannedMs;
  const mine = { sinceMs: sentMs };
  underWay.add(mine);
  const finish: Done = (finding, overshootMs) => {
    underWay.delete(mine);
    report({ sent: round(sentMs), ms: round(now() - sentMs), late: round(Math.max(late, overshootMs)), ...finding });
  };
  const begun = (atMs: number): void => {
    sentMs = atMs;
  };
  if (isIP(target.host) !== 0) {
    const dialled = (atMs: number): void => {
      begun(atMs);
      late = atMs - plannedMs;
    };
    dial(target, target.host, dialled, finish);
    return;
  }
  resolveName(target, candidates(target.host, resolver), (address, problem) => {
    if (address === undefined) finish({ outcome: 'unresolved', error: problem }, 0);
    else dial(target, address, begun, finish);
  });
}

// Held connections: each probe that keeps one opens it once and speaks over it again and again, as long as it is
// scheduled, which shows whether a change cuts it. Every question has a number, and its answer repeats it.
interface Held {
  ask(question: string): void;
  close(): void;
  readonly localPort: number;
  readonly waiting: Map<string, (finding: Finding) => void>;
  /** Set once the connection is over. */
  broken?: Finding;
}

const held = new Map<number, Held>();
/** Source ports of the connections that were held, by their probes. */
const heldPorts = new Map<number, number>();
const dialledAgain = new Set<number>();
let questions = 0;

function holdTcp({ host, port }: Target, localPort: number): Held {
  let connected = false;
  let heard = '';
  const socket = connect({ host, port, localPort, noDelay: true });
  const connection: Held = {
    localPort,
    waiting: new Map(),
    ask: (question) => socket.write(`${question}\n`),
    close: () => (connected ? socket.resetAndDestroy() : socket.destroy()),
  };
  const over = (code: string): void => {
    connection.broken ??= failed(code, connected);
    for (const done of connection.waiting.values()) done(connection.broken);
  };
  socket.on('connect', () => {
    connected = true;
  });
  socket.on('data', (chunk) => {
    const answers = (heard + chunk.toString('latin1')).split(/(?<=netproof-hold \d+)\n/);
    heard = answers.pop() ?? '';
    for (const answer of answers) hear(connection, answer);
  });
  socket.on('error', (error) => over(codeOf(error)));
  socket.on('close', () => over('closed by the other side'));
  return connection;
}

function holdUdp(target: Target, localPort: number): Held {
  const { host, port } = target;
  const socket = flowTo(host, target);
  let ready = false;
  const early: string[] = [];
  const connection: Held = {
    localPort,
    waiting: new Map(),
    ask: (question) => (ready ? socket.send(`${question}\n`) : early.push(question)),
    close: () => socket.close(),
  };
  socket.on('message', (message) => hear(connection, message.toString('latin1')));
  socket.on('error', (error) => {
    for (const done of connection.waiting.values()) done(failed(codeOf(error), false));
  });
  socket.bind(localPort, () =>
    socket.connect(port, host, () => {
      ready = true;
      for (const question of early) socket.send(`${question}\n`);
    }),
  );
  return connection;
}

function hear({ waiting }: Held, answer: string): void {
  const question = /netproof-hold \d+/.exec(answer)?.[0];
  if (question !== undefined) waiting.get(question)?.(answered(answer));
}

/** One exchange on the probe's connection, reported as an attempt is. */
function exchangeHeld(probe: Probe, plannedMs: number, report: (fields: object) => void): void {
  const sentMs = now();
  let connection = held.get(probe.id);
  if (connection === undefined) {
    const localPort = probe.sourcePort ?? sourcePort(`${probe.protocol} ${probe.host} ${probe.port}`);
    if (localPort === undefined) return;
    connection = probe.protocol === 'UDP' ? holdUdp(probe, localPort) : holdTcp(probe, localPort);
    held.set(probe.id, connection);
    heldPorts.set(probe.id, localPort);
  }
  const { waiting, broken, localPort: port } = connection;
  questions += 1;
  const question = `netproof-hold ${questions}`;
  const finish = (finding: Finding, overshootMs = 0): void => {
    if (!waiting.delete(question)) return;
    callOff();
    const late = round(Math.max(sentMs - plannedMs, overshootMs));
    report({ sent: round(sentMs), ms: round(now() - sentMs), late, ...finding, port });
  };
  waiting.set(question, finish);
  const callOff = expire(probe.timeoutMs, (overshootMs) => finish({ outcome: 'dropped' }, overshootMs));
  if (broken === undefined) connection.ask(question);
  else finish(broken);
}

/** Dials once from the source port of a connection that was held, here or by who had our address: conntrack may still know the tuple. */
function dialAgain(probe: Probe, of: number, plannedMs: number, report: (fields: object) => void): void {
  if (dialledAgain.has(probe.id)) return;
  dialledAgain.add(probe.id);
  const localPort = probe.sourcePort ?? heldPorts.get(of);
  const sentMs = now();
  const done: Done = (finding, overshootMs) => {
    const late = round(Math.max(sentMs - plannedMs, overshootMs));
    report({ sent: round(sentMs), ms: round(now() - sentMs), late, ...finding });
  };
  if (localPort === undefined) done({ outcome: 'inconclusive', error: 'the connection had no source port' }, 0);
  else if (probe.protocol === 'UDP') dialUdp(probe, probe.host, localPort, done);
  else dialTcp(probe, probe.host, localPort, done);
}

/** Lets go of the connections of probes that are no longer scheduled. */
function release(): void {
  for (const [id, connection] of held) {
    if (running.has(id)) continue;
    held.delete(id);
    // What is under way says nothing: it is we who end it.
    connection.waiting.clear();
    connection.close();
  }
  for (const id of dialledAgain) if (!running.has(id)) dialledAgain.delete(id);
}

// The schedule: one timer for all probes. A probe that fell behind by more than its interval skips what it missed.
let running = new Map<number, Probe & { nextMs: number; patientMs: number }>();
let generation = 0;
let ticker: NodeJS.Timeout | undefined;
let worstLateMs = 0;
/** The worst that heartbeats told since the last reader was greeted: one that is only then told to start has not read them. */
let greetedLateMs = 0;

function tick(): void {
  const at = now();
  let earliest = Number.POSITIVE_INFINITY;
  const born = generation;
  for (const probe of running.values()) {
    if (probe.nextMs <= at) {
      const planned = probe.nextMs;
      worstLateMs = Math.max(worstLateMs, at - planned);
      probe.nextMs += probe.intervalMs * (1 + Math.floor((at - planned) / probe.intervalMs));
      const report = (fields: object): unknown =>
        born === generation && record('attempt', { probe: probe.id, ...fields });
      if (probe.hold === undefined) {
        const patient = at - probe.patientMs >= PATIENT_EVERY_MS;
        if (patient) probe.patientMs = at;
        attempt({ ...probe, patient }, planned, report);
      }
      if (probe.hold === 'keep') exchangeHeld(probe, planned, report);
      else if (probe.hold !== undefined) dialAgain(probe, probe.hold.again, planned, report);
    }
    earliest = Math.min(earliest, probe.nextMs);
  }
  ticker = running.size === 0 ? undefined : setTimeout(tick, Math.max(1, Math.ceil(earliest - now())));
}

/** Replaces all probes. Those in both keep their cadence; new and changed ones are spread evenly over their interval. */
function schedule(probes: readonly Probe[]): void {
  clearTimeout(ticker);
  const at = now();
  running = new Map(
    probes.map((probe, index) => {
      const before = running.get(probe.id);
      const fresh = at + probe.intervalMs * ((index * 0.618033988749895) % 1);
      const same = before?.intervalMs === probe.intervalMs;
      const nextMs = before === undefined ? fresh : same ? before.nextMs : Math.min(before.nextMs, fresh);
      return [probe.id, { ...probe, nextMs, patientMs: before?.patientMs ?? Number.NEGATIVE_INFINITY }];
    }),
  );
  release();
  tick();
}

// The journal: the last records, numbered without a hole, so that a reader that was cut off can ask for the rest.
const lines: string[] = [];
let nextNumber = 1;
let cursor = 1;
let reader: Socket | undefined;
let draining = false;
let orphaned: NodeJS.Timeout | undefined;

function record(kind: string, fields: object): void {
  const size = config.buffer ?? 32_768;
  lines[nextNumber % size] = `${JSON.stringify({ n: nextNumber, at: round(now()), kind, ...fields })}\n`;
  nextNumber += 1;
}

/** Writes what the reader has not got, stops while the stream is full; records that fell out are a jump in the numbers. */
function flush(): void {
  if (draining) return;
  const size = config.buffer ?? 32_768;
  while (reader !== undefined && cursor < nextNumber) {
    cursor = Math.max(cursor, nextNumber - size);
    const end = Math.min(nextNumber, cursor + 256);
    let chunk = '';
    for (; cursor < end; cursor++) chunk += lines[cursor % size];
    if (!reader.write(chunk)) {
      draining = true;
      reader.once('drain', drained);
      return;
    }
  }
}

function drained(): void {
  draining = false;
  flush();
}

/** One reader at a time: a new one takes over from a stream that nobody closed. */
function attached(socket: Socket): void {
  reader?.destroy();
  reader = undefined;
  clearTimeout(orphaned);
  const say = (fields: object): boolean => socket.write(`${JSON.stringify(fields)}\n`);
  const begin = (after: number): void => {
    cursor = after + 1;
    reader = socket;
    draining = false;
    flush();
    pulse();
  };
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk) => {
    const received = (rest + chunk).split('\n');
    rest = received.pop() ?? '';
    for (const line of received) {
      const command = JSON.parse(line);
      if (command.do === 'time') say({ kind: 'time', id: command.id, at: round(now()) });
      else if (command.do === 'resume') begin(command.after);
      else if (command.do === 'start') {
        generation += 1;
        schedule([]);
        begin(nextNumber - 1);
        worstLateMs = Math.max(worstLateMs, greetedLateMs);
        beat();
      } else if (command.do === 'beat') {
        beat();
        flush();
      } else if (command.do === 'schedule') {
        schedule(command.probes);
        say({ kind: 'scheduled', id: command.id });
      } else if (command.do === 'half-open') void tellHalfOpen();
    }
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    if (reader !== socket) return;
    reader = undefined;
    orphaned = setTimeout(() => schedule([]), ORPHAN_MS);
  });
  greetedLateMs = 0;
  say({ kind: 'hello', boot: performance.timeOrigin, identity: config.identity });
}

// Serving. Every answer says who gives it and which source address it saw.
/** When each port was bound, `80/TCP`. */
const bound = new Map<string, number>();
/** Source ports of what came since the last heartbeat, by who sent it (of a SYN: its address) and the port that it came to. */
const arrivals = new Map<string, number[]>();
const answerTo = (address: string | undefined): string =>
  `netproof-source: ${(address ?? '').replace(/^::ffff:/, '')}\nnetproof-identity: ${config.identity}\n`;

/** Answers every line of a connection that is held, until the other side ends it. */
function answerHeld(socket: Socket, first: Buffer): void {
  let rest = '';
  const hear = (chunk: Buffer): void => {
    const received = (rest + chunk.toString('latin1')).split('\n');
    rest = received.pop() ?? '';
    for (const line of received) socket.write(`${answerTo(socket.remoteAddress)}${line}\n`);
  };
  socket.setTimeout(HELD_IDLE_MS);
  socket.setNoDelay(true);
  socket.on('data', hear);
  hear(first);
}

function serveTcp(
  { port, payloadBytes }: Pick<Served, 'port' | 'payloadBytes'>,
  address: string | undefined,
  listening: (port: number) => void,
): void {
  const server = createServer((socket) => {
    socket.setTimeout(5000, () => socket.destroy());
    socket.on('error', () => socket.destroy());
    socket.once('data', (first) => {
      if (first.toString('latin1').startsWith('netproof-hold ')) {
        answerHeld(socket, first);
        return;
      }
      const body = padded(answerTo(socket.remoteAddress), payloadBytes);
      const head = `HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n`;
      socket.end(`${head}Connection: close\r\n\r\n${body}`);
    });
  });
  server.on('close', () => bound.delete(`${port}/TCP`));
  server.listen({ port, ...(address !== undefined && { host: address }) }, () =>
    listening((server.address() as AddressInfo).port),
  );
}

/**
 * Tells of connections whose SYN came and whose handshake was not completed: the kernel keeps them for a minute, state
 * SYN_RECV in /proc/net/tcp (proc(5)). Only on demand, for on a large machine each look takes the kernel 10 ms.
 */
async function tellHalfOpen(): Promise<void> {
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`/proc/self/net/${name}`, 'latin1').catch(() => '')),
  );
  const SYN_RECV = /^ *\d+: [0-9A-F]+:([0-9A-F]{4}) ([0-9A-F]+):([0-9A-F]{4}) 03 /gm;
  for (const [, port = '', address = '', source = ''] of tables.flatMap((table) => [...table.matchAll(SYN_RECV)])) {
    arrived(`${addressOf(address)} ${Number.parseInt(port, 16)}`, Number.parseInt(source, 16));
  }
  if (arrivals.size > 0) beat();
}

/** An address as the kernel prints it: words of 32 bits, their bytes in the order of the machine. */
function addressOf(hex: string): string {
  const bytes = Buffer.from(hex, 'hex');
  if (endianness() === 'LE') bytes.swap32();
  const ipv4 = bytes.subarray(-4).join('.');
  if (bytes.length === 4 || bytes.toString('hex', 0, 12) === '00000000000000000000ffff') return ipv4;
  return new SocketAddress({ family: 'ipv6', address: bytes.toString('hex').match(/.{4}/g)?.join(':') ?? '' }).address;
}

/** What `grpc.health.v1.Health/Check` answers: a message of two bytes, not compressed, whose field 1 (status) is 1, SERVING. */
const GRPC_SERVING = Buffer.from([0, 0, 0, 0, 2, 0x08, 0x01]);

/** Answers every gRPC call as a health check, over HTTP/2 without TLS, as kubelets ask. Few pods need it: loaded then. */
async function serveGrpc(port: number, address: string | undefined): Promise<void> {
  const http2 = await import('node:http2');
  const server = http2.createServer();
  server.on('stream', (stream) => {
    stream.on('error', () => stream.destroy());
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.end(GRPC_SERVING);
  });
  server.listen({ port, ...(address !== undefined && { host: address }) }, () => bound.set(`${port}/TCP`, now()));
}

function arrived(key: string, sourcePort: number): void {
  const ports = arrivals.get(key);
  if (ports === undefined) arrivals.set(key, [sourcePort]);
  else ports.push(sourcePort);
}

function serveUdp(served: Pick<Served, 'port' | 'payloadBytes'>, address: string | undefined): void {
  const { port, payloadBytes } = served;
  const family = address === undefined || isIPv6(address) ? 'udp6' : 'udp4';
  const server = createSocket(family);
  server.on('message', (message, peer) => {
    const [, from, source] = /^netproof-probe (\S+) (\d+)\n/.exec(message.toString('latin1', 0, 256)) ?? [];
    if (from !== undefined) arrived(`${from} ${port}`, Number(source));
    const answer = padded(`${answerTo(peer.address)}${message.toString('latin1', 0, 64)}`, payloadBytes);
    server.send(answer, peer.port, peer.address, () => {});
  });
  // A pod without IPv6 has no address for the dual-stack wildcard.
  server.on('error', (error) => {
    if (address !== undefined || codeOf(error) === 'EADDRINUSE') throw error;
    serveUdp(served, '0.0.0.0');
  });
  server.bind({ port, ...(address !== undefined && { address }) }, () => bound.set(`${port}/UDP`, now()));
}

/** Dials itself, which is always allowed: tells whether this agent works, and how long an attempt takes it. */
function startCanary(port: number): void {
  const self: Target = { host: config.address, port, protocol: 'TCP', family: '', timeoutMs: 900 };
  const wait = (): void => {
    const everyMs = running.size === 0 ? IDLE_CANARY_MS : CANARY_MS;
    const planned = now() + everyMs;
    setTimeout(() => {
      attempt(self, planned, (fields) => record('canary', fields));
      wait();
    }, everyMs);
  };
  wait();
}

let expectedMs = now();
let nextBeatMs = expectedMs + HEARTBEAT_MS;
let pulsing: NodeJS.Timeout | undefined;

/** Measures how late timers run, tells it with the ports that are bound and the datagrams that arrived, and sends what there is. */
function pulse(): void {
  clearTimeout(pulsing);
  const at = now();
  worstLateMs = Math.max(worstLateMs, at - expectedMs);
  const everyMs = reader === undefined && running.size === 0 ? IDLE_PULSE_MS : PULSE_MS;
  expectedMs = at + everyMs;
  pulsing = setTimeout(pulse, everyMs);
  if (at >= nextBeatMs || worstLateMs > LATE_MS) {
    nextBeatMs = at + HEARTBEAT_MS;
    beat();
  }
  flush();
}

/** What was recorded with it tells of all attempts that began before `until`. */
function beat(): void {
  const [oldest] = underWay;
  const told = arrivals.size === 0 ? {} : { arrived: Object.fromEntries(arrivals) };
  record('heartbeat', {
    late: round(worstLateMs),
    until: round(oldest?.sinceMs ?? now()),
    bound: [...bound].map(([port, since]) => `${port} ${round(since)}`),
    ...told,
  });
  arrivals.clear();
  greetedLateMs = Math.max(greetedLateMs, worstLateMs);
  worstLateMs = 0;
}

function serve(): void {
  // The first process of a container ignores signals that it does not handle.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(0));
  process.on('SIGUSR2', () => process.exit(1));
  for (const served of config.ports) {
    const { port, protocol, speaks } = served;
    if (speaks === 'grpc') void serveGrpc(port, config.listen);
    else if (protocol === 'TCP') serveTcp(served, config.listen, () => bound.set(`${port}/TCP`, now()));
    if (protocol === 'UDP') serveUdp(served, config.listen);
  }
  serveTcp({ port: 0 }, config.address, startCanary);
  pulse();
  rmSync(config.socket, { force: true });
  createServer(attached).listen(config.socket);
  // With NODE_COMPILE_CACHE set, every relay then starts in a third of the time.
  flushCompileCache();
}

/** Relays until either side ends; an agent that is only starting is waited for. */
function attach(path: string, patienceMs: number): void {
  const socket = connect(path);
  let connected = false;
  socket.on('connect', () => {
    connected = true;
    process.stdin.pipe(socket);
    socket.pipe(process.stdout);
  });
  socket.on('error', (error) => {
    if (!connected && patienceMs > 0) {
      setTimeout(attach, 100, path, patienceMs - 100);
      return;
    }
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 3;
  });
  socket.on('close', () => connected && process.stdin.destroy());
}

// Every probe ends in a reset, which Node.js makes an error of: traces would take a sixth of the agent's time.
Error.stackTraceLimit = 0;

const [mode, argument = ''] = process.argv.slice(2);
const config: Config =
  mode === 'serve' ? JSON.parse(argument) : { identity: '', ports: [], socket: argument, address: '' };
const resolver: Resolver = config.resolver ?? systemResolver();
if (mode === 'serve') serve();
else attach(config.socket, 5000);
