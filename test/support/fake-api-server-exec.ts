import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/** One exec from the container's side. */
export interface FakeExec {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string | null;
  readonly command: readonly string[];
  /** Number of the connection, as in `SeenRequest`. */
  readonly connection: number;
  stdout(data: string | Uint8Array): void;
  stderr(data: string | Uint8Array): void;
  /** Ends the command: the status frame, then an orderly close. */
  exit(code: number): void;
  /** The container runtime's own refusal: a status without an exit code. */
  fail(message: string): void;
  /** Closes in an orderly way, without a status. */
  hangUp(): void;
  /** Breaks the TCP connection: close code 1006, no status. */
  cut(): void;
  /** Stops answering pings and everything else, with the connection open. */
  fallSilent(): void;
  onStdin(listener: (data: Buffer) => void): void;
  onStdinEnd(listener: () => void): void;
  /** Bytes that the client has not taken yet. */
  pendingBytes(): number;
}

const opcode = { binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** Accepts a WebSocket upgrade (RFC 6455) with the v5 channel protocol and hands the exec to the script. */
export function acceptExec(
  request: IncomingMessage,
  socket: Socket,
  { connection, play }: { readonly connection: number; readonly play: (exec: FakeExec) => void },
): void {
  const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
  socket.write(
    [
      'HTTP/1.1 101 Switching Protocols',
      'upgrade: websocket',
      'connection: Upgrade',
      `sec-websocket-accept: ${createHash('sha1').update(key).digest('base64')}`,
      'sec-websocket-protocol: v5.channel.k8s.io',
      '\r\n',
    ].join('\r\n'),
  );
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake');
  const [, namespace = '', pod = ''] = /\/namespaces\/([^/]+)\/pods\/([^/]+)\/exec$/.exec(pathname) ?? [];
  const channel = (number: number, data: string | Uint8Array) =>
    socket.write(frame(opcode.binary, Buffer.concat([Buffer.of(number), Buffer.from(data as Uint8Array)])));
  const close = () => socket.write(frame(opcode.close, [0x03, 0xe8]));
  let silent = false;
  let onStdin: (data: Buffer) => void = () => {};
  let onStdinEnd = () => {};

  readFrames(socket, (kind, payload) => {
    if (silent) return;
    if (kind === opcode.ping) socket.write(frame(opcode.pong, payload));
    if (kind === opcode.close) socket.end(frame(opcode.close, payload));
    if (kind !== opcode.binary) return;
    if (payload[0] === 0) onStdin(payload.subarray(1));
    if (payload[0] === 255 && payload[1] === 0) onStdinEnd();
  });

  const end = (body: object) => {
    channel(3, JSON.stringify({ kind: 'Status', ...body }));
    close();
  };
  play({
    namespace,
    pod,
    container: searchParams.get('container'),
    command: searchParams.getAll('command'),
    connection,
    stdout: (text) => channel(1, text),
    stderr: (text) => channel(2, text),
    exit: (code) =>
      end(
        code === 0
          ? { status: 'Success' }
          : {
              status: 'Failure',
              reason: 'NonZeroExitCode',
              details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
            },
      ),
    fail: (message) => end({ status: 'Failure', reason: 'InternalError', message }),
    hangUp: () => void close(),
    cut: () => void socket.destroy(),
    fallSilent: () => {
      silent = true;
    },
    onStdin: (listener) => {
      onStdin = listener;
    },
    onStdinEnd: (listener) => {
      onStdinEnd = listener;
    },
    pendingBytes: () => socket.writableLength,
  });
}

/** An unmasked, final frame, as servers send them. */
function frame(kind: number, payload: Uint8Array | readonly number[]): Buffer {
  const { length } = payload;
  const size =
    length < 126 ? [length] : length < 65_536 ? [126, length >> 8, length & 255] : [127, 0, 0, 0, 0, ...quad(length)];
  return Buffer.concat([Buffer.of(0x80 | kind, ...size), Uint8Array.from(payload)]);
}

const quad = (length: number) => [length >>> 24, (length >> 16) & 255, (length >> 8) & 255, length & 255];

/** Hands out each of the client's frames, unmasked; payloads here stay below 64 KiB. */
function readFrames(socket: Socket, handle: (kind: number, payload: Buffer) => void): void {
  let rest: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      if (rest.length < 2) return;
      const short = rest[1]! & 127;
      const head = short === 126 ? 4 : 2;
      if (rest.length < head) return;
      const length = short === 126 ? rest.readUInt16BE(2) : short;
      if (rest.length < head + 4 + length) return;
      const mask = rest.subarray(head, head + 4);
      const payload = Buffer.from(rest.subarray(head + 4, head + 4 + length).map((byte, at) => byte ^ mask[at % 4]!));
      const kind = rest[0]! & 15;
      rest = rest.subarray(head + 4 + length);
      handle(kind, payload);
    }
  });
}
