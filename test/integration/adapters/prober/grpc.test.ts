import { once } from 'node:events';
import { type ClientHttp2Session, connect } from 'node:http2';
import { connect as dial } from 'node:net';
import { expect } from 'chai';
import { attachTo } from '../../../support/agent-session.ts';
import { LocalAgents, loopback } from '../../../support/local-agents.ts';

const SELF = loopback(1);

/** Asks as a kubelet does (grpc.health.v1.Health/Check, no service named); what came back. */
async function check(session: ClientHttp2Session) {
  const stream = session.request({
    ':method': 'POST',
    ':path': '/grpc.health.v1.Health/Check',
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  const chunks: Buffer[] = [];
  let trailers: Readonly<Record<string, unknown>> = {};
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('trailers', (fields) => {
    trailers = fields;
  });
  const responded = once(stream, 'response');
  stream.end(Buffer.from([0, 0, 0, 0, 0]));
  const [headers] = await responded;
  await once(stream, 'close');
  return { headers, body: Buffer.concat(chunks), trailers };
}

describe('an agent that a kubelet asks by gRPC', () => {
  let agents: LocalAgents;
  beforeEach(async () => {
    agents = new LocalAgents();
    const port = { port: 9103, protocol: 'TCP' as const, speaks: 'grpc' as const };
    const { events } = await attachTo(agents, [agents.start('a', SELF, [port])]);
    await events.until(() => events.of('heartbeat').some(({ bound }) => bound.some(({ port: each }) => each === 9103)));
  });
  afterEach(() => agents[Symbol.asyncDispose]());

  it('says that it serves, with status 0 after the message', async () => {
    const session = connect(`http://${SELF}:9103`);
    try {
      const { headers, body, trailers } = await check(session);
      expect(headers[':status']).to.equal(200);
      expect(headers['content-type']).to.equal('application/grpc');
      expect([...body]).to.deep.equal([0, 0, 0, 0, 2, 8, 1]);
      expect(trailers['grpc-status']).to.equal('0');
    } finally {
      session.close();
    }
  });

  it('goes on after connections that speak something else, or break off', async () => {
    for (const words of ['GET / HTTP/1.0\r\n\r\n', '']) {
      const socket = dial({ host: SELF, port: 9103 });
      await once(socket, 'connect');
      socket.on('error', () => {});
      socket.resume();
      if (words === '') socket.resetAndDestroy();
      else socket.end(words);
      await once(socket, 'close');
    }
    const session = connect(`http://${SELF}:9103`);
    try {
      expect((await check(session)).trailers['grpc-status']).to.equal('0');
    } finally {
      session.close();
    }
  });
});
