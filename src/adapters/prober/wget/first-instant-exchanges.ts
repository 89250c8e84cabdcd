import type { Attempt } from '../../../core/matrix/outcome.ts';

/** How long the answer to a question may take, in ms: TCP sends a lost one again after 200 ms, then 400 ms. */
const ANSWER_MS = 1_000;
/** Questions that are asked on a connection before it is closed. */
export const QUESTIONS = 80;
/** So many numbers each try to open one has of its own. */
const TRY_NUMBERS = 100;
/** Numbers of the first questions of the tries, for 8 s where each is refused at once. */
export const FIRST_QUESTIONS: readonly number[] = Array.from({ length: 40 }, (_, index) => index * TRY_NUMBERS);

/** A question on a connection that a pod holds from its first instant on; times in ms on the pod's clock, to 10 ms. */
export interface FirstExchange extends Pick<Attempt, 'sentMs' | 'durationMs'> {
  /** What was dialled, `host:port`. */
  readonly address: string;
  /** `refused`: the connection ended while more was to be asked. */
  readonly outcome: 'open' | 'dropped' | 'refused';
}

/** The address of a connection as a pod's first command writes it. */
export function addressOf({ host, port }: { readonly host: string; readonly port: number }): string {
  return `${host}:${port}`;
}

/**
 * Reads questions (`Q address number time`), answers (`R address number time`) and ends (`B address time`), times in seconds. A question that may still be
 * answered at `readMs` is left out, as is the end of a connection on which all was asked.
 */
export function parseExchanges(lines: readonly string[], readMs: number): readonly FirstExchange[] {
  const records = lines.map((line) => line.split(' '));
  const ofKind = (wanted: string) => records.flatMap(([kind, ...fields]) => (kind === wanted ? [fields] : []));
  const heard = new Map(ofKind('R').map(([address, number, time]) => [`${address} ${number}`, Number(time) * 1_000]));
  const asked = ofKind('Q').flatMap(([address = '', number, time]): FirstExchange[] => {
    const sentMs = Number(time) * 1_000;
    const answerMs = (heard.get(`${address} ${number}`) ?? Number.POSITIVE_INFINITY) - sentMs;
    if (answerMs <= ANSWER_MS) return [{ address, sentMs, durationMs: answerMs, outcome: 'open' }];
    return readMs - sentMs > ANSWER_MS ? [{ address, sentMs, durationMs: ANSWER_MS, outcome: 'dropped' }] : [];
  });
  const ended = ofKind('B').flatMap(([address = '', time]): FirstExchange[] => {
    const numbers = ofKind('Q').flatMap(([of, number]) => (of === address ? [Number(number)] : []));
    if (Math.max(0, ...numbers) % TRY_NUMBERS === QUESTIONS - 1) return [];
    return [{ address, sentMs: Number(time) * 1_000, durationMs: 0, outcome: 'refused' }];
  });
  return [...asked, ...ended].toSorted((a, b) => a.sentMs - b.sentMs);
}
