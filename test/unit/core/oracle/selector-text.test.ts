import { expect } from 'chai';
import { cluster, namedPolicy } from '../../../support/oracle/cluster.ts';
import { dial, explained, podOf } from '../../../support/oracle/explained.ts';

const client = { pod: podOf('x/client', { labels: { app: 'client', tier: 'front' } }) };
const server = { pod: podOf('y/server') };

/** What is said of a peer that selects pods of every namespace. */
function said(selector: string): string | undefined {
  const rule = `{ingress: [{from: [{namespaceSelector: {}, podSelector: ${selector}}]}]}`;
  const lines = explained(cluster([client.pod, server.pod], [namedPolicy('y/p', rule)]), dial(client, server));
  return lines.find((line) => line.startsWith('from'));
}

const one = (key: string, operator: string, values?: string) =>
  `{matchExpressions: [{key: ${key}, operator: ${operator}${values === undefined ? '' : `, values: [${values}]`}}]}`;

describe('an explanation words the selector', () => {
  const rows: readonly (readonly [selector: string, asks: string, finds: string])[] = [
    ['{}', 'any pod', 'is in namespace x'],
    ['{matchLabels: {}, matchExpressions: []}', 'any pod', 'is in namespace x'],
    ['{matchLabels: {app: client}}', 'pods with app=client', 'has app=client and is in namespace x'],
    [one('app', 'In', 'web'), 'pods with app=web', 'has app=client'],
    [one('app', 'In', 'web, client'), 'pods with app in (web, client)', 'has app=client and is in namespace x'],
    [one('app', 'NotIn', 'client'), 'pods with app!=client', 'has app=client'],
    [one('app', 'NotIn', 'web, client'), 'pods with app not in (web, client)', 'has app=client'],
    [one('env', 'NotIn', 'test'), 'pods with env!=test', 'has no label env and is in namespace x'],
    [one('app', 'Exists'), 'pods with app (any value)', 'has app=client and is in namespace x'],
    [one('env', 'Exists'), 'pods with env (any value)', 'has no label env'],
    [one('env', 'DoesNotExist'), 'pods with no env', 'has no label env and is in namespace x'],
    [one('app', 'DoesNotExist'), 'pods with no app', 'has app=client'],
    [
      '{matchLabels: {app: client}, matchExpressions: [{key: tier, operator: DoesNotExist}]}',
      'pods with app=client, no tier',
      'has app=client, but has tier=front',
    ],
  ];
  for (const [selector, asks, finds] of rows) {
    it(`${selector} as ${asks}`, () =>
      expect(said(selector)).to.equal(`from[0] asks for ${asks} in any namespace; x/client ${finds}`));
  }
});
