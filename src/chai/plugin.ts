import { answer } from './answer.ts';
import type { Matrix } from './lab.ts';
import { LabCluster, LabPod } from './lab-subject.ts';
import type { AskedConnection, Policies } from './policies.ts';
import { Reaching, type ReachOptions } from './reaching.ts';

declare global {
  namespace Chai {
    interface Assertion {
      /** Of a lab's pod: it reaches the destination all the time that it is watched, with the policies in force. */
      reach(to: string, options: ReachOptions): Reaching;
      /** Of policies: they let the connection through. Asks the oracle; no cluster takes part. */
      allow(connection: AskedConnection): Assertion;
    }
    interface Match {
      /** Of a lab's cluster: every cell is as the matrix says, with the policies in force. Has to be awaited. */
      // biome-ignore lint/style/useShorthandFunctionType: an overload is added to chai's own.
      (matrix: Matrix): Promise<void>;
    }
  }
}

/** The chai plugin: `use(netproofChai)`. */
export const netproofChai: Chai.ChaiPlugin = (chai, utils) => {
  const { Assertion } = chai;

  Assertion.addMethod('reach', function (this: Chai.AssertionStatic, to: string, options: ReachOptions) {
    const from: unknown = utils.flag(this, 'object');
    if (!(from instanceof LabPod)) throw new TypeError('reach is said of a pod of a lab: expect(pod("x/client"))');
    return new Reaching({ ...options, from, to, expected: utils.flag(this, 'negate') === true ? 'deny' : 'allow' });
  });

  Assertion.addMethod('allow', function (this: Chai.AssertionStatic, connection: AskedConnection) {
    const policies = utils.flag(this, 'object') as Policies;
    const { verdict, explanation } = policies.ask(connection);
    const said = `${connection.from} -> ${connection.to}:${connection.port}: ${verdict}\n${explanation}`;
    // Chai negates the first value; what is not defined is neither allowed nor denied.
    const holds = verdict === 'undefined' ? utils.flag(this, 'negate') === true : verdict === 'allowed';
    this.assert(holds, `expected the policies to allow ${said}`, `expected the policies to deny ${said}`, undefined);
  });

  Assertion.overwriteMethod(
    'match',
    (original: (...args: unknown[]) => unknown) =>
      function (this: Chai.AssertionStatic, ...args: unknown[]) {
        const cluster: unknown = utils.flag(this, 'object');
        if (!(cluster instanceof LabCluster)) return original.apply(this, args);
        if (utils.flag(this, 'negate') === true) throw new TypeError('a matrix says what must hold: there is no "not"');
        const question = { title: 'the cluster to match the matrix', expect: args[0] as Matrix };
        return answer(cluster.definition, question, cluster.runner);
      },
  );
};
