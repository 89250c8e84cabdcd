import { runCommand } from '../../../src/adapters/process/run-command.ts';
import type { KubeObject } from '../../../src/ports/cluster.ts';
import { nodeEngine } from './node-processes.ts';

/**
 * Lets the answers of a pod's handshakes get lost on the pod's node, before the plugin's rules, until it is disposed: SYNs
 * to this port arrive, and no connection comes about.
 */
export async function loseAnswers(pod: KubeObject, port: number): Promise<AsyncDisposable> {
  const { spec, status } = pod as { readonly spec?: { nodeName?: string }; readonly status?: { podIP?: string } };
  if (spec?.nodeName === undefined || status?.podIP === undefined) throw new Error(`${pod.metadata.name} does not run`);
  const engine = await nodeEngine();
  const answers = ['-p', 'tcp', '-s', status.podIP, '--sport', String(port), '--tcp-flags', 'SYN,ACK', 'SYN,ACK'];
  const rule = (how: '--insert' | '--delete') =>
    runCommand(
      engine.docker,
      ['exec', spec.nodeName ?? '', 'iptables', '--table', 'mangle', how, 'FORWARD', ...answers, '--jump', 'DROP'],
      { title: `${how} a rule`, env: engine.env },
    );
  await rule('--insert');
  return { [Symbol.asyncDispose]: async () => void (await rule('--delete')) };
}
