import { expect } from 'chai';
import * as fc from 'fast-check';
import { parseAddress } from '../../../../src/core/model/address.ts';
import type { Protocol } from '../../../../src/core/model/protocol.ts';
import { addressText } from '../../../../src/core/oracle/address-text.ts';
import type { End } from '../../../../src/core/oracle/connection.ts';
import { FAMILIES } from '../../../../src/core/oracle/families.ts';
import { compile, type Oracle } from '../../../../src/core/oracle/oracle.ts';
import { outsideEnds } from '../../../../src/core/oracle/outside-ends.ts';
import { tellingPorts } from '../../../../src/core/oracle/policy-ports.ts';
import type { AskedPort } from '../../../../src/core/oracle/reachability.ts';
import { BLOCKS, clusters } from '../../../support/oracle/arbitrary.ts';
import { numRuns } from '../../../support/oracle/runs.ts';

const state = clusters({ odd: false });

/** What an end outside may do with every pod, on every port, in both directions. */
const fateOf = (oracle: Oracle, end: End, ports: readonly AskedPort[]): string =>
  oracle
    .pods()
    .flatMap((pod) => ports.flatMap(({ port, protocol }) => verdicts(oracle, end, { pod }, port, protocol)))
    .join();

const verdicts = (oracle: Oracle, a: End, b: End, port: number, protocol: Protocol) => [
  oracle.decide({ from: a, to: b, port, protocol }).verdict,
  oracle.decide({ from: b, to: a, port, protocol }).verdict,
];

describe('what a whole matrix asks for', () => {
  const edge = fc.constantFrom(...BLOCKS.flatMap(({ cidr, except = [] }) => [cidr, ...except]));
  const address = fc.tuple(edge, fc.integer({ min: -2, max: 300 })).map(([cidr, offset]) => {
    const base = parseAddress(cidr.slice(0, cidr.indexOf('/')))!;
    const bits = base.family === 'IPv4' ? 32n : 128n;
    return addressText({ ...base, value: BigInt.asUintN(Number(bits), base.value + BigInt(offset)) });
  });

  it('has an end outside for the fate of every stranger', () => {
    fc.assert(
      fc.property(state, address, (of, asked) => {
        const oracle = compile(of, { families: FAMILIES });
        fc.pre(oracle.holderOf(asked) === undefined);
        const ports = tellingPorts([oracle]);
        const ends = outsideEnds([oracle], FAMILIES).filter(({ end }) => !('node' in end));
        expect(ends.every(({ name }) => oracle.holderOf(name) === undefined)).to.equal(true);
        const fates = ends.map(({ end }) => fateOf(oracle, end, ports));
        expect(fates).to.include(fateOf(oracle, { address: asked }, ports));
      }),
      { numRuns: numRuns(60) },
    );
  });

  it('has a port for the fate of every port', () => {
    const port = fc.oneof(fc.integer({ min: 1, max: 65535 }), fc.integer({ min: 50, max: 900 }));
    fc.assert(
      fc.property(state, port, fc.constantFrom<Protocol>('TCP', 'UDP', 'SCTP'), (of, number, protocol) => {
        const oracle = compile(of);
        const ends: readonly End[] = [...of.pods.map((pod) => ({ pod })), { address: '192.0.2.7' }];
        const fate = (asked: AskedPort) =>
          ends.map((a) => ends.map((b) => verdicts(oracle, a, b, asked.port, asked.protocol).join()).join()).join();
        expect(tellingPorts([oracle]).map(fate)).to.include(fate({ port: number, protocol }));
      }),
      { numRuns: numRuns(60) },
    );
  });
});
