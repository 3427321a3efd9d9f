/** An origin that does anything at any moment: each who asks is told one end, and what ends well is their own answer, whole. */
import type { Socket } from 'node:net';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createHttpOrigin } from '../../src/origin/http-origin.ts';
import type { Origin, OriginExchange } from '../../src/origin/origin.ts';
import { eventually, rawOrigin, request } from './raw-origin.ts';

/** How the origin answers one question, and what who asked does meanwhile. */
interface Behaviour {
  readonly kind: (typeof sound)[number] | (typeof broken)[number];
  /** Of the body, without the marks at its ends. */
  readonly size: number;
  /** Bytes of a chunk, or where it breaks off. */
  readonly at: number;
  readonly asker: (typeof askers)[number];
  readonly method: 'GET' | 'HEAD' | 'OPTIONS' | 'DELETE';
}

const sound = [
  ...(['length', 'length, close', 'until close', 'until close, later', 'HTTP/1.0', 'chunks'] as const),
  ...(['hints, end', 'surplus', 'second answer', 'in pieces'] as const),
] as const;
const broken = ['cut', 'reset', 'nothing', 'reset at once', 'no HTTP'] as const;
const askers = [
  ...(['takes', 'takes', 'takes', 'pauses', 'resumes at once'] as const),
  ...(['leaves at the head', 'leaves in the body', 'leaves at once'] as const),
] as const;

const behaviours: fc.Arbitrary<Behaviour> = fc.record({
  kind: fc.constantFrom(...sound, ...broken),
  size: fc.constantFrom(0, 10, 3_000, 70_000, 400_000),
  at: fc.integer({ min: 1, max: 20_000 }),
  asker: fc.constantFrom(...askers),
  method: fc.constantFrom('GET', 'GET', 'HEAD', 'OPTIONS', 'DELETE'),
});

const bodyOf = (path: string, size: number): string => path + 'x'.repeat(size) + path;

function answer(socket: Socket, path: string, isHead: boolean, { kind, size, at }: Behaviour): void {
  const body = isHead ? '' : bodyOf(path, size);
  const say = (text: string): void => {
    if (!socket.destroyed) socket.write(text, 'latin1');
  };
  const stated = `HTTP/1.1 200 OK\r\nContent-Length: ${bodyOf(path, size).length}\r\n`;
  const whole = `${stated}\r\n${body}`;
  // Never the whole: an end or reset behind it would meet whoever comes next on the connection.
  const cut = whole.slice(0, Math.min(at, whole.length - 1));
  switch (kind) {
    case 'length':
      say(whole);
      break;
    case 'length, close':
      say(`${stated}Connection: close\r\n\r\n${body}`);
      break;
    case 'until close':
      socket.end(`HTTP/1.1 200 OK\r\n\r\n${body}`);
      break;
    case 'until close, later':
      say(`HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n${body}`);
      setTimeout(() => socket.end(), 10);
      break;
    case 'HTTP/1.0':
      socket.end(`HTTP/1.0 200 OK\r\n\r\n${body}`);
      break;
    case 'chunks':
      say('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
      for (let from = 0; from < body.length; from += at) {
        const piece = body.slice(from, from + at);
        say(`${piece.length.toString(16)}\r\n${piece}\r\n`);
      }
      if (!isHead) say('0\r\n\r\n');
      break;
    case 'hints, end':
      socket.end(`HTTP/1.1 103 E\r\nLink: </a>\r\n\r\n${whole}`);
      break;
    case 'surplus':
      say(`${whole}surplus`);
      break;
    case 'second answer':
      say(`${whole}HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil`);
      break;
    case 'in pieces':
      for (let from = 0; from < 200; from += 7) say(whole.slice(from, Math.min(from + 7, 200)));
      say(whole.slice(200));
      break;
    case 'cut':
      socket.end(cut);
      break;
    case 'reset':
      say(cut);
      setTimeout(() => socket.resetAndDestroy(), 5);
      break;
    case 'nothing':
      socket.end();
      break;
    case 'reset at once':
      socket.resetAndDestroy();
      break;
    case 'no HTTP':
      say('220 ready\r\n');
      break;
    default:
      kind satisfies never;
  }
}

/** The body or `fault`, as it is told; undefined for who left. `onEnd` is called with each end that is told. */
const ask = (
  origin: Origin,
  path: string,
  { asker, method }: Behaviour,
  onEnd: () => void,
): Promise<string | undefined> =>
  new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    const leave = (): void => {
      exchange.abort();
      resolve(undefined);
    };
    const exchange: OriginExchange = origin.ask(request(path, { method }), {
      head: () => {
        if (asker === 'leaves at the head') leave();
      },
      data: (chunk) => {
        chunks.push(chunk);
        if (asker === 'leaves in the body') leave();
        if (asker === 'pauses') setTimeout(() => exchange.resume(), 3);
        if (asker === 'resumes at once') exchange.resume();
        return asker === 'takes';
      },
      end: () => {
        onEnd();
        resolve(Buffer.concat(chunks).toString('latin1'));
      },
      fail: () => {
        onEnd();
        resolve('fault');
      },
    });
    if (asker === 'leaves at once') leave();
  });

test('whatever an origin does, who asks gets their own answer, whole, or one fault, and the next ones are served', async () => {
  const asked = new Map<string, Behaviour>();
  const ends = new Map<string, number>();
  const site = await rawOrigin((socket, head) => {
    const [method, path = ''] = head.split(' ');
    const behaviour = asked.get(path);
    if (behaviour) answer(socket, path, method === 'HEAD', behaviour);
  });
  const origin = createHttpOrigin({ url: site.url, maxConnections: 8 });
  await fc.assert(
    fc.asyncProperty(fc.array(behaviours, { minLength: 20, maxLength: 40 }), async (crowd) => {
      const told = await Promise.all(
        crowd.map(async (behaviour) => {
          const path = `/${asked.size}-`;
          asked.set(path, behaviour);
          const end = await ask(origin, path, behaviour, () => ends.set(path, (ends.get(path) ?? 0) + 1));
          return { path, behaviour, end };
        }),
      );
      for (const { path, behaviour, end } of told) {
        if (end === undefined) continue;
        const { kind, method, size } = behaviour;
        const whole = method === 'HEAD' ? '' : bodyOf(path, size);
        const isBroken = broken.some((one) => one === kind);
        expect({ behaviour, ends: ends.get(path), isRight: end === (isBroken ? 'fault' : whole) }).toEqual({
          behaviour,
          ends: 1,
          isRight: true,
        });
      }
    }),
    { numRuns: 25, endOnFailure: true },
  );
  await origin.close();
  expect(await eventually(() => [...site.sockets].every(({ destroyed }) => destroyed))).toBe(true);
  await site.close();
}, 300_000);
