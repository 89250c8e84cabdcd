import type { ScenarioPod } from '../../../core/scenario/scenario.ts';
import type { FirstDial } from '../../../ports/workloads.ts';
import {
  addressOf,
  FIRST_QUESTIONS,
  type FirstExchange,
  parseExchanges,
  QUESTIONS,
} from './first-instant-exchanges.ts';
import { wgetUrl } from './words.ts';

/** Where the pod writes what its attempts came to. */
const LOG = '/tmp/netproof-first-instant';

/**
 * The first command of a pod that dials from its first instant, in BusyBox' shell: Node.js would take longer to start than
 * what is looked for may last. It serves its ports with its identity, and for some seconds dials every address ten times a
 * second. On a connection that is to be held it asks as often, by its number, for 8 s; a connection that does not come about is
 * opened anew. Times are those of /proc/uptime, in hundredths of a second: reading it starts no process.
 */
const SCRIPT = `
serve() {
  exec nc -lk -p "$1" -e sh -c 'while read -r line && [ \${#line} -gt 1 ]; do :; done
printf "HTTP/1.0 200 OK\\r\\nConnection: close\\r\\n\\r\\nnetproof-identity: %s\\n" "$IDENTITY"'
}
attempt() {
  read -r sent rest </proc/uptime
  output=$(wget -qO- --timeout=2 "$1" 2>&1)
  code=$?
  read -r ended rest </proc/uptime
  words=$(printf %s "$output" | tr '\\r\\n' '  ' | cut -c1-500)
  printf 'A %s %s %s %s %s\\n' "$1" "$sent" "$ended" "$code" "$words" >>"$LOG"
}
ask() {
  number=$2
  while [ "$number" -lt $(($2 + ${QUESTIONS})) ]; do
    read -r sent rest </proc/uptime
    printf 'Q %s %s %s\\n' "$1" "$number" "$sent" >>"$LOG"
    echo "netproof-hold $number"
    sleep 0.1
    number=$((number + 1))
  done
}
hear() {
  while read -r word number; do
    [ "$word" = netproof-hold ] || continue
    read -r heard rest </proc/uptime
    printf 'R %s %s %s\\n' "$1" "$number" "$heard" >>"$LOG"
  done
}
hold() {
  for first in ${FIRST_QUESTIONS.join(' ')}; do
    ask "$1" "$first" | nc "\${1%:*}" "\${1##*:}" 2>/dev/null | hear "$1"
    read -r broken rest </proc/uptime
    grep -q "^R $1 " "$LOG" && break
    sleep 0.2
  done
  printf 'B %s %s\\n' "$1" "$broken" >>"$LOG"
}
trap 'exit 0' TERM
for port in $PORTS; do serve "$port" & done
round=0
echo "U $URLS" >"$LOG"
for address in $HELD; do hold "$address" & done
while [ "$round" -lt 50 ]; do
  for url in $URLS; do attempt "$url" & done
  sleep 0.1
  round=$((round + 1))
done
while :; do sleep 3600 & wait $!; done
`;

/** The pod's first command. It takes `firstInstantEnv`. */
export const firstInstantCommand: readonly string[] = ['sh', '-c', SCRIPT];

/** What the pod serves, who it is, and what it dials. `log` is where it writes; default: a file of the pod's own. */
export function firstInstantEnv(
  {
    ports,
    identity,
    dials,
  }: Pick<ScenarioPod, 'ports'> & {
    readonly identity: string;
    readonly dials: readonly FirstDial[];
  },
  log = LOG,
): Readonly<Record<string, string>> {
  return {
    IDENTITY: identity,
    PORTS: ports.map(({ port }) => port).join(' '),
    URLS: dials.map(({ host, port }) => wgetUrl(host, port)).join(' '),
    HELD: dials
      .filter(({ hold }) => hold)
      .map(addressOf)
      .join(' '),
    LOG: log,
  };
}

/** Prints what the pod has written so far, and the time on its clock. */
export const recallCommand: readonly string[] = ['cat', LOG, '/proc/uptime'];

/** An attempt as the pod wrote it; times in ms on its clock, to 10 ms. */
interface FirstAttempt {
  readonly url: string;
  readonly sentMs: number;
  readonly endedMs: number;
  readonly code: number;
  readonly output: string;
}

/** What `recallCommand` printed. */
export interface FirstInstantLog {
  /** The addresses that the pod was told to dial. */
  readonly urls: readonly string[];
  readonly attempts: readonly FirstAttempt[];
  /** What was asked on connections that are held. */
  readonly exchanges: readonly FirstExchange[];
  /** The time on the pod's clock when it was read, in ms. */
  readonly readMs: number;
}

/** Reads what `recallCommand` printed; undefined where it is not whole. A line that is being written is left out. */
export function parseFirstInstantLog(text: string): FirstInstantLog | undefined {
  const lines = text.trimEnd().split('\n');
  const [, urls] = /^U (.*)$/.exec(lines[0] ?? '') ?? [];
  const [, read] = /(\d+\.\d\d) \d+\.\d\d$/.exec(lines.at(-1) ?? '') ?? [];
  if (urls === undefined || read === undefined) return undefined;
  const attempts = lines.flatMap((line): FirstAttempt[] => {
    const [, url = '', sent, ended, code, output = ''] = /^A (\S+) ([\d.]+) ([\d.]+) (\d+) (.*)$/.exec(line) ?? [];
    if (url === '') return [];
    return [{ url, sentMs: Number(sent) * 1_000, endedMs: Number(ended) * 1_000, code: Number(code), output }];
  });
  const readMs = Number(read) * 1_000;
  return { urls: urls.split(' ').filter(Boolean), attempts, exchanges: parseExchanges(lines, readMs), readMs };
}
