/** Origins for tests: one whose every byte and hang-up is scripted, and one that is a plain Node server. */
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import type {
  Origin,
  OriginExchange,
  OriginFault,
  OriginHead,
  OriginRequest,
} from '../../src/origin/origin.ts';

export interface RunningOrigin {
  readonly url: string;
  readonly port: number;
  readonly sockets: ReadonlySet<Socket>;
  /** Connections that were ever made. */
  readonly made: () => number;
  close(): Promise<void>;
}

/** `onRequest` is called with each request's head, and the number of the connection (from 1) it came on. */
export async function rawOrigin(
  onRequest: (socket: Socket, head: string, connection: number) => void,
): Promise<RunningOrigin> {
  let made = 0;
  const server = createTcpServer({ allowHalfOpen: true }, (socket) => {
    made += 1;
    const connection = made;
    let text = '';
    socket.on('error', () => {}).on('end', () => socket.end());
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      if (end === -1) return;
      const head = text.slice(0, end);
      text = text.slice(end + 4);
      onRequest(socket, head, connection);
    });
  });
  return running(server as unknown as Server, () => made);
}

export async function nodeOrigin(
  listener: RequestListener,
): Promise<RunningOrigin & { readonly server: Server }> {
  let made = 0;
  const server = createServer(listener);
  server.on('connection', () => {
    made += 1;
  });
  return { ...(await running(server, () => made)), server };
}

async function running(server: Server, made: () => number): Promise<RunningOrigin> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    sockets,
    made,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

export interface Heard {
  head?: OriginHead;
  body: Buffer;
  outcome: 'end' | OriginFault;
  detail?: string;
  /** All calls after the head, in order, to see that nothing comes after the last. */
  calls: string[];
}

export function request(target: string, more: Partial<OriginRequest> = {}): OriginRequest {
  return { method: 'GET', target, headers: [], ...more };
}

/** The whole exchange; resolves at `end` or `fail`. */
export function hear(
  origin: Origin,
  asked: OriginRequest,
  onExchange?: (exchange: OriginExchange) => void,
): Promise<Heard> {
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    const heard: Heard = { body: Buffer.alloc(0), outcome: 'end', calls: [] };
    const over = (outcome: Heard['outcome'], detail?: string): void => {
      heard.outcome = outcome;
      heard.calls.push(outcome);
      heard.body = Buffer.concat(chunks);
      if (detail !== undefined) heard.detail = detail;
      resolve(heard);
    };
    const exchange = origin.ask(asked, {
      head: (head) => {
        heard.calls.push('head');
        heard.head = head;
      },
      data: (chunk) => {
        if (heard.calls.at(-1) !== 'data') heard.calls.push('data');
        chunks.push(chunk);
        return true;
      },
      end: () => over('end'),
      fail: over,
    });
    onExchange?.(exchange);
  });
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Polls until `holds`, for at most two seconds. */
export async function eventually(holds: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 100 && !holds(); tries += 1) await pause(20);
  return holds();
}
