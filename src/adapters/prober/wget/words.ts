import type { Attempt } from '../../../core/matrix/outcome.ts';
import { type Answerers, isStranger } from '../stranger.ts';

/** What BusyBox' wget said of one connection. */
export type Finding = Pick<Attempt, 'outcome' | 'handshake' | 'answeredBy' | 'sourceSeen' | 'detail'>;

/** The words of BusyBox' wget (networking/wget.c, libbb/xconnect.c), with the error texts of musl and glibc. */
const WORDS: readonly { readonly pattern: RegExp; readonly finding: Finding }[] = [
  { pattern: /download timed out/, finding: { outcome: 'dropped' } },
  { pattern: /bad address/, finding: { outcome: 'unresolved' } },
  { pattern: /can't connect to remote host.*(Connection|Operation) timed out/, finding: { outcome: 'dropped' } },
  {
    pattern: /can't connect to remote host.*(Connection refused|Host is unreachable|No route to host|not permitted)/,
    finding: { outcome: 'refused' },
  },
  { pattern: /can't connect to remote host.*reset by peer/, finding: { outcome: 'refused', handshake: true } },
  { pattern: /error getting response/, finding: { outcome: 'refused', handshake: true } },
  { pattern: /server returned error: HTTP/, finding: { outcome: 'open' } },
];

/**
 * What a run of wget tells: its exit code and all it printed. A page counts as an answer of whoever its identity names;
 * words that are not known, and commands that were not run at all, say nothing.
 */
export function readWget(code: number, output: string, expected: Answerers): Finding {
  if (code !== 0) {
    const known = code === 1 ? WORDS.find(({ pattern }) => pattern.test(output)) : undefined;
    const words = output.trim().slice(-200);
    return { ...(known?.finding ?? { outcome: 'inconclusive' }), detail: words === '' ? `exit code ${code}` : words };
  }
  const answeredBy = /netproof-identity: ([\w./-]+)/.exec(output)?.[1];
  const sourceSeen = /netproof-source: (\S+)/.exec(output)?.[1];
  return {
    outcome: isStranger(answeredBy, expected) ? 'misrouted' : 'open',
    ...(answeredBy !== undefined && { answeredBy }),
    ...(sourceSeen !== undefined && { sourceSeen }),
  };
}

/** The address that the literal command is given: the port is left out where it is the default. */
export function wgetUrl(host: string, port: number): string {
  const bracketed = host.includes(':') ? `[${host}]` : host;
  return `http://${bracketed}${port === 80 ? '' : `:${port}`}`;
}
