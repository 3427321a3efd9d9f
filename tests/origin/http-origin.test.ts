/** The HTTP origin against servers that die, stall, lie and hang up: one clear outcome each, and no connection left behind. */
import { METHODS } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, test } from '@jest/globals';
import { collect } from '../../src/origin/collect-body.ts';
import { createHttpOrigin, type HttpOriginOptions } from '../../src/origin/http-origin.ts';
import type { Origin, OriginExchange } from '../../src/origin/origin.ts';
import { eventually, hear, nodeOrigin, pause, type RunningOrigin, rawOrigin, request } from './raw-origin.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

const FAST = { connectMs: 500, headMs: 600, bodyIdleMs: 600, waitMs: 1_000, pausedMs: 600, closeMs: 200 };

function originFor(site: RunningOrigin, options: Partial<HttpOriginOptions> = {}): Origin {
  const origin = createHttpOrigin({ url: site.url, timeouts: FAST, ...options });
  open.push(site, origin);
  return origin;
}

const answering = (...parts: string[]) =>
  rawOrigin((socket) => parts.forEach((part) => void socket.write(part, 'latin1')));

describe('a response', () => {
  test('comes head first, names as spelled, repeated ones repeated, bytes untouched', async () => {
    const site = await answering(
      'HTTP/1.1 203 Fine\r\nX-One: a\r\nSET-Cookie: a=1\r\nset-cookie: b=2\r\nX-Raw: caf\xe9\r\nContent-Length: 3\r\n\r\nabc',
    );
    const heard = await hear(originFor(site), request('/a'));
    expect(heard.head).toEqual({
      status: 203,
      headers: [
        ['X-One', 'a'],
        ['SET-Cookie', 'a=1'],
        ['set-cookie', 'b=2'],
        ['X-Raw', 'caf\xe9'],
        ['Content-Length', '3'],
      ],
    });
    expect(heard.body.toString()).toBe('abc');
    expect(heard.calls).toEqual(['head', 'data', 'end']);
  });

  test('chunked, with trailers and a chunk cut anywhere, is the same body', async () => {
    const whole =
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\n5;ext=1\r\nhello\r\n6\r\n world\r\n0\r\nX-T: 1\r\n\r\n';
    const site = await rawOrigin(async (socket) => {
      for (const byte of whole) {
        socket.write(byte);
        await new Promise(setImmediate);
      }
    });
    const heard = await hear(originFor(site), request('/a'));
    expect(heard).toMatchObject({ outcome: 'end', calls: ['head', 'data', 'end'] });
    expect(heard.head?.headers).toEqual([
      ['Transfer-Encoding', 'chunked'],
      ['Trailer', 'X-T'],
    ]);
    expect(heard.body.toString()).toBe('hello world');
  });

  test('early hints and other 1xx are not passed for the response', async () => {
    const site = await answering(
      'HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 102 P\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
    );
    const heard = await hear(originFor(site), request('/a'));
    expect(heard.head).toEqual({ status: 200, headers: [['Content-Length', '2']] });
    expect(heard.body.toString()).toBe('ok');
  });

  test.each([
    ['HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n'],
    ['GET', 'HTTP/1.1 204 No Content\r\n\r\n'],
    ['GET', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 500\r\n\r\n'],
  ])('%s %j ends without a body', async (method, answer) => {
    const heard = await hear(originFor(await answering(answer)), request('/a', { method }));
    expect(heard.calls).toEqual(['head', 'end']);
  });

  test('until the connection closes, where no length is stated', async () => {
    const site = await rawOrigin((socket) => socket.end('HTTP/1.0 200 OK\r\n\r\nall of it'));
    const heard = await hear(originFor(site), request('/a'));
    expect([heard.outcome, heard.body.toString()]).toEqual(['end', 'all of it']);
  });
});

describe('what goes wrong is told as what it is', () => {
  test('nobody listens: unreachable', async () => {
    const site = await answering();
    await site.close();
    const origin = createHttpOrigin({ url: site.url, timeouts: FAST });
    open.push(origin);
    const heard = await hear(origin, request('/a'));
    expect(heard).toMatchObject({ outcome: 'unreachable', calls: ['unreachable'] });
    expect(heard.detail).toContain('ECONNREFUSED');
  });

  test.each<[string, string, string[]]>([
    ['nothing at all, then hung up', 'unreachable', ['']],
    ['half a head, then hung up', 'bad-response', ['HTTP/1.1 200 OK\r\nX-One']],
    ['no HTTP', 'bad-response', ['SSH-2.0-OpenSSH\r\n']],
    [
      'a length and chunks',
      'bad-response',
      ['HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n'],
    ],
    [
      'two lengths',
      'bad-response',
      ['HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd'],
    ],
    ['a header with a bare CR', 'bad-response', ['HTTP/1.1 200 OK\r\nX: a\rb\r\n\r\n']],
    [
      'an unasked switch of protocols',
      'bad-response',
      ['HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n'],
    ],
    ['a head of 40 KB', 'bad-response', [`HTTP/1.1 200 OK\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`]],
    [
      'a chunk size that is none',
      'broken-off',
      ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n'],
    ],
    ['less than it stated', 'broken-off', ['HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello']],
    [
      'chunks without a last one',
      'broken-off',
      ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n'],
    ],
  ])('%s: %s', async (_, outcome, parts) => {
    const site = await rawOrigin((socket) => {
      for (const part of parts) socket.write(part, 'latin1');
      socket.end();
    });
    const heard = await hear(originFor(site), request('/a'));
    expect(heard.outcome).toBe(outcome);
    expect(heard.calls.filter((call) => call !== 'head' && call !== 'data')).toEqual([outcome]);
    expect(heard.calls.includes('head')).toBe(outcome === 'broken-off');
  });

  test.each([
    ['of stated length', 'Content-Length: 100\r\n'],
    ['of chunks', 'Transfer-Encoding: chunked\r\n'],
    ['of no stated length', 'Connection: close\r\n'],
  ])('a reset in the middle of a body %s: broken-off, never a short whole', async (_, header) => {
    const site = await rawOrigin((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\n${header}\r\n${header.startsWith('T') ? '5\r\nhello\r\n' : 'hello'}`);
      setTimeout(() => socket.resetAndDestroy(), 50);
    });
    const heard = await hear(originFor(site), request('/a'));
    expect(heard.body.toString()).toBe('hello');
    expect(heard.calls).toEqual(['head', 'data', 'broken-off']);
  });

  test('no answer, an answer that stops in its head, and a body that stops: in time', async () => {
    const silent = originFor(await answering());
    const stopping = originFor(await answering('HTTP/1.1 200 OK\r\nX: '));
    const stalling = originFor(await answering('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhel'));
    const heard = await Promise.all(
      [silent, stopping, stalling].map((origin) => hear(origin, request('/a'))),
    );
    expect(heard.map(({ outcome }) => outcome)).toEqual(['timeout', 'timeout', 'broken-off']);
  });

  test('a request that waits too long for a connection: timeout, and it is never sent', async () => {
    const asked: string[] = [];
    const site = await rawOrigin((socket, head) => {
      asked.push(head.split(' ')[1] ?? '');
      setTimeout(() => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'), 500);
    });
    const origin = originFor(site, { maxConnections: 1, timeouts: { ...FAST, waitMs: 200 } });
    const [first, second] = await Promise.all([hear(origin, request('/1')), hear(origin, request('/2'))]);
    expect([first.outcome, second.outcome]).toEqual(['end', 'timeout']);
    await pause(400);
    expect(asked).toEqual(['/1']);
  });

  test('details name the error, not what anybody wrote', async () => {
    const site = await rawOrigin((socket) => socket.end('HTTP/1.1 2x0 secret-of-origin\r\n\r\n'));
    const heard = await hear(originFor(site), request('/a', { headers: [['Cookie', 'secret-of-reader']] }));
    expect(heard.detail).toBeDefined();
    expect(heard.detail).not.toContain('secret');
  });
});

describe('a kept connection that the origin has just closed', () => {
  /** Answers once on each connection, and hangs up on its second request. */
  const closing = () => {
    const asked: string[] = [];
    const seen = new Map<number, number>();
    return rawOrigin((socket, head, connection) => {
      asked.push(head.split(' ').slice(0, 2).join(' '));
      seen.set(connection, (seen.get(connection) ?? 0) + 1);
      if ((seen.get(connection) ?? 0) > 1) socket.resetAndDestroy();
      else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    }).then((site) => ({ site, asked }));
  };

  test('GET is asked once more on a new one, and nobody notices', async () => {
    const { site, asked } = await closing();
    const origin = originFor(site);
    for (let at = 0; at < 6; at += 1) {
      expect(await hear(origin, request(`/${at}`))).toMatchObject({
        outcome: 'end',
        calls: ['head', 'data', 'end'],
      });
    }
    expect(asked.length).toBeGreaterThan(6);
  });

  test.each(['HEAD', 'OPTIONS'])('%s too', async (method) => {
    const { site, asked } = await closing();
    const origin = originFor(site);
    await hear(origin, request('/1'));
    await pause(50);
    expect((await hear(origin, request('/2', { method }))).outcome).toBe('end');
    expect(asked).toEqual(['GET /1', `${method} /2`, `${method} /2`]);
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'PURGE'])(
    '%s, with a body or without, never meets it',
    async (method) => {
      const { site, asked } = await closing();
      const origin = originFor(site);
      for (const [at, body] of [undefined, Readable.from([Buffer.from('x')])].entries()) {
        await hear(origin, request(`/${at}`));
        await pause(50);
        const heard = await hear(origin, request('/change', { method, ...(body ? { body } : {}) }));
        expect(heard.outcome).toBe('end');
      }
      expect(asked.filter((line) => line === `${method} /change`)).toHaveLength(2);
    },
  );

  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'PURGE'])(
    '%s is asked once, since it may have been carried out',
    async (method) => {
      const site = await rawOrigin((socket) => socket.resetAndDestroy());
      const heard = await hear(originFor(site), request('/a', { method }));
      expect([heard.outcome, site.made()]).toEqual(['unreachable', 1]);
    },
  );

  test('an origin that hangs up each time is asked twice, not for ever', async () => {
    const site = await rawOrigin((socket) => socket.resetAndDestroy());
    const heard = await hear(originFor(site), request('/a'));
    expect(heard.outcome).toBe('unreachable');
    expect(site.made()).toBe(2);
  });
});

describe('a kept connection', () => {
  const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

  test('on which more came than was asked for is never used again: at once, a little later, or while it is idle', async () => {
    const evil = 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil';
    for (const afterMs of [undefined, 0, 30]) {
      const site = await rawOrigin((socket) => {
        socket.write(afterMs === undefined ? answer + evil : answer);
        if (afterMs === 0) setImmediate(() => socket.write(evil));
        else if (afterMs !== undefined) setTimeout(() => socket.write(evil), afterMs);
      });
      const origin = originFor(site);
      for (let at = 0; at < 3; at += 1) {
        expect((await hear(origin, request(`/${at}`))).body.toString()).toBe('ok');
        await pause(afterMs === undefined ? 0 : 60);
      }
      expect(site.made()).toBe(3);
    }
  });

  test.each<[string, string, number]>([
    ['of HTTP/1.1 is used again', answer, 1],
    [
      'of HTTP/1.0 that says so is used again',
      answer.replace('1.1 200 OK', '1.0 200 OK\r\nConnection: Keep-Alive'),
      1,
    ],
    ['of HTTP/1.0 is not', answer.replace('1.1', '1.0'), 3],
    ['that the origin says it closes is not', answer.replace('OK', 'OK\r\nConnection: close'), 3],
    ['that the origin keeps for a second is not', answer.replace('OK', 'OK\r\nKeep-Alive: timeout=1'), 3],
    ['that the origin keeps for a minute is', answer.replace('OK', 'OK\r\nKeep-Alive: max=9, timeout=60'), 1],
  ])('%s', async (_, said, made) => {
    const site = await answering(said);
    const origin = originFor(site);
    for (let at = 0; at < 3; at += 1) {
      expect((await hear(origin, request('/a'))).outcome).toBe('end');
      await pause(20);
    }
    expect(site.made()).toBe(made);
  });

  test('is closed when it has been idle for long', async () => {
    const site = await answering(answer);
    const origin = originFor(site, { timeouts: { ...FAST, idleMs: 200 } });
    await hear(origin, request('/a'));
    expect(site.sockets.size).toBe(1);
    expect(await eventually(() => site.sockets.size === 0)).toBe(true);
  });

  test('that carried a body is not used again: a server that left it unread would take it for the next request', async () => {
    const heads: string[] = [];
    const site = await rawOrigin((socket, head) => {
      heads.push(head.split('\r\n')[0] ?? '');
      socket.write(answer);
    });
    const origin = originFor(site);
    const smuggled = 'GET /evil HTTP/1.1\r\nHost: a\r\n\r\n';
    const body = Readable.from([Buffer.from(smuggled)]);
    const headers: [string, string][] = [['Content-Length', String(smuggled.length)]];
    expect((await hear(origin, request('/a', { headers, body }))).body.toString()).toBe('ok');
    expect((await hear(origin, request('/b'))).body.toString()).toBe('ok');
    expect(site.made()).toBe(2);
    expect(heads.at(-1)).toBe('GET /b HTTP/1.1');
  });

  test('on which the answer came before the whole upload is not used again', async () => {
    const site = await answering(answer);
    const origin = originFor(site);
    const body = new Readable({ read() {} });
    body.push('begun');
    expect((await hear(origin, request('/a', { method: 'POST', body }))).body.toString()).toBe('ok');
    expect((await hear(origin, request('/b'))).body.toString()).toBe('ok');
    expect(site.made()).toBe(2);
    body.destroy();
  });
});

describe('requests', () => {
  test('every method that Node parses arrives as it was, with target and headers', async () => {
    const seen: string[] = [];
    const site = await nodeOrigin((req, res) => {
      seen.push(`${req.method} ${req.url} ${req.headers['x-a']}`);
      res.end();
    });
    const origin = originFor(site);
    const methods = METHODS.filter((method) => method !== 'CONNECT');
    for (const method of methods)
      await hear(origin, request('/a?b=%2F', { method, headers: [['X-A', '1']] }));
    expect(seen).toEqual(methods.map((method) => `${method} /a?b=%2F 1`));
  });

  test('a body is streamed, with its length or in chunks, by any method', async () => {
    const site = await nodeOrigin((req, res) => {
      let size = 0;
      req.on('data', (chunk: Buffer) => (size += chunk.length));
      req.on('end', () =>
        res.end(`${req.headers['content-length']} ${req.headers['transfer-encoding']} ${size}`),
      );
    });
    const origin = originFor(site);
    const send = async (method: string, headers: [string, string][]) => {
      const body = Readable.from([Buffer.alloc(70_000), Buffer.alloc(5)]);
      return (await hear(origin, request('/a', { method, headers, body }))).body.toString();
    };
    expect(await send('POST', [])).toBe('undefined chunked 70005');
    expect(await send('PUT', [['Content-Length', '70005']])).toBe('70005 undefined 70005');
    expect(await send('DELETE', [])).toBe('undefined chunked 70005');
    expect(await send('PROPFIND', [])).toBe('undefined chunked 70005');
  });

  test('a header that can’t be sent is a fault, not an exception', async () => {
    const origin = originFor(await answering('HTTP/1.1 200 OK\r\n\r\n'));
    expect((await hear(origin, request('/a', { headers: [['X', 'a\r\nb']] }))).outcome).toBe('unreachable');
    expect((await hear(origin, request('/a', { headers: [['Expect', '100-continue']] }))).outcome).toBe(
      'unreachable',
    );
    expect((await hear(origin, request('*', { method: 'OPTIONS' }))).outcome).toBe('unreachable');
    expect((await hear(origin, request('/', { method: 'CONNECT' }))).outcome).toBe('unreachable');
  });

  test.each([
    [
      'two lengths',
      [
        ['Content-Length', '3'],
        ['Content-Length', '4'],
      ],
    ],
    ['a length that is none', [['Content-Length', '0x3']]],
    [
      'two hosts',
      [
        ['Host', 'a'],
        ['host', 'b'],
      ],
    ],
    ['chunks of their own', [['Transfer-Encoding', 'chunked']]],
    ['an upgrade', [['Upgrade', 'h2c']]],
    ['a connection', [['Connection', 'close']]],
    ['a name with a colon', [['a:', 'b']]],
  ] as [string, [string, string][]][])('with %s are refused before a byte is sent', async (_, headers) => {
    const site = await answering('HTTP/1.1 200 OK\r\n\r\n');
    const body = Readable.from([Buffer.from('abc')]);
    const heard = await hear(originFor(site), request('/a', { method: 'POST', headers, body }));
    expect([heard.outcome, site.made()]).toEqual(['unreachable', 0]);
  });

  test.each([2, 4])('a body of 3 bytes that states %d ends the exchange', async (stated) => {
    const site = await nodeOrigin((req) => void req.resume());
    const body = Readable.from([Buffer.from('abc')]);
    const headers: [string, string][] = [['Content-Length', String(stated)]];
    expect((await hear(originFor(site), request('/a', { method: 'PUT', headers, body }))).outcome).toBe(
      'unreachable',
    );
  });

  test('a body that breaks off ends the exchange', async () => {
    const site = await nodeOrigin((req) => void req.resume());
    const body = new Readable({ read() {} });
    const heard = hear(originFor(site), request('/a', { method: 'POST', body }));
    body.push('x');
    setTimeout(() => body.destroy(), 50);
    expect((await heard).outcome).toBe('unreachable');
  });
});

describe('the receiver’s pace', () => {
  const endless = () =>
    nodeOrigin((_, res) => {
      const chunk = Buffer.alloc(65_536);
      const more = (): void => {
        while (!res.destroyed && res.write(chunk));
        res.once('drain', more);
      };
      more();
    });

  test('paused, the origin is held back; resumed, it goes on; aborted, it is cut off and nothing more is heard', async () => {
    const site = await endless();
    let heard = 0;
    const calls: string[] = [];
    const exchange: OriginExchange = originFor(site, { timeouts: {} }).ask(request('/a'), {
      head: () => calls.push('head'),
      data: (chunk) => {
        heard += chunk.length;
        return false;
      },
      end: () => calls.push('end'),
      fail: () => calls.push('fail'),
    });
    await eventually(() => heard > 0);
    await pause(200);
    const whilePaused = heard;
    expect(whilePaused).toBeLessThanOrEqual(65_536);
    exchange.resume();
    exchange.resume();
    expect(await eventually(() => heard > whilePaused)).toBe(true);
    const [serving] = site.sockets;
    exchange.abort();
    const atAbort = heard;
    exchange.resume();
    expect(await eventually(() => serving?.destroyed === true)).toBe(true);
    expect([heard, calls]).toEqual([atAbort, ['head']]);
  });

  test('resuming from inside data is not lost', async () => {
    const body = Buffer.alloc(500_000, 'a');
    const site = await nodeOrigin((_, res) => void res.end(body));
    const size = await new Promise<number>((resolve) => {
      let total = 0;
      const exchange: OriginExchange = originFor(site).ask(request('/a'), {
        head: () => {},
        data: (chunk) => {
          total += chunk.length;
          exchange.resume();
          return false;
        },
        end: () => resolve(total),
        fail: () => resolve(-1),
      });
    });
    expect(size).toBe(body.length);
  });

  test('a body that nobody takes is given up in time', async () => {
    const site = await endless();
    let serving: Socket | undefined;
    site.server.once('connection', (socket: Socket) => {
      serving = socket;
    });
    const outcome = await new Promise((resolve) => {
      originFor(site).ask(request('/a'), {
        head: () => {},
        data: () => false,
        end: () => resolve('end'),
        fail: resolve,
      });
    });
    expect(outcome).toBe('broken-off');
    expect(await eventually(() => serving?.destroyed === true)).toBe(true);
  });

  test('aborting in head, in data, before the connection is made and twice leaves nothing behind', async () => {
    const site = await endless();
    const origin = originFor(site, { maxConnections: 2 });
    const calls: string[] = [];
    const silent = { end: () => void calls.push('end'), fail: (fault: string) => void calls.push(fault) };
    origin.ask(request('/a'), { ...silent, head: () => calls.push('head'), data: () => true }).abort();
    const inHead: OriginExchange = origin.ask(request('/b'), {
      ...silent,
      head: () => inHead.abort(),
      data: () => calls.push('data') > 0,
    });
    const inData: OriginExchange = origin.ask(request('/c'), {
      ...silent,
      head: () => {},
      data: () => {
        inData.abort();
        inData.abort();
        return true;
      },
    });
    await pause(300);
    await origin.close();
    expect(await eventually(() => site.sockets.size === 0)).toBe(true);
    expect(calls).toEqual([]);
  });

  test('a receiver that throws costs one exchange', async () => {
    const site = await nodeOrigin((_, res) => void res.end('ok'));
    const origin = originFor(site);
    const outcome = await new Promise((resolve) => {
      origin.ask(request('/a'), {
        head: () => {
          throw new Error('receiver');
        },
        data: () => true,
        end: () => resolve('end'),
        fail: resolve,
      });
    });
    expect(outcome).toBe('broken-off');
    expect((await hear(origin, request('/a'))).outcome).toBe('end');
  });
});

describe('connections', () => {
  test('a thousand requests, 50 at a time and a third of them aborted, share at most 50 and leave none after close', async () => {
    const site = await nodeOrigin((req, res) => void setTimeout(() => res.end(req.url), 1));
    const origin = originFor(site, { maxConnections: 50, timeouts: { closeMs: 200 } });
    let wrong = 0;
    let next = 0;
    const worker = async (): Promise<void> => {
      while (next < 1000) {
        const target = `/${next++}`;
        if (next % 3 === 0) {
          origin
            .ask(request(target), { head: () => {}, data: () => true, end: () => {}, fail: () => {} })
            .abort();
        } else if ((await hear(origin, request(target))).body.toString() !== target) wrong += 1;
      }
    };
    await Promise.all(Array.from({ length: 50 }, worker));
    expect(wrong).toBe(0);
    expect(site.sockets.size).toBeLessThanOrEqual(50);
    await origin.close();
    expect(await eventually(() => site.sockets.size === 0)).toBe(true);
  });

  test('close waits for an answer under way, and not for one without end', async () => {
    const site = await nodeOrigin((req, res) => {
      if (req.url === '/slow') setTimeout(() => res.end('done'), 100);
      else res.write('data: 1\n\n');
    });
    const origin = originFor(site, { timeouts: { ...FAST, bodyIdleMs: 0, closeMs: 400 } });
    const slow = hear(origin, request('/slow'));
    const endless = hear(origin, request('/events'));
    await pause(30);
    await origin.close();
    expect([(await slow).body.toString(), (await endless).outcome]).toEqual(['done', 'broken-off']);
    expect((await hear(origin, request('/late'))).outcome).toBe('unreachable');
  });

  test.each(['ftp://a', 'http://a/blog', 'http://a/?b', 'http://me@a', 'nonsense', ''])(
    '%j is no origin',
    (url) => {
      expect(() => createHttpOrigin({ url })).toThrow('http://host');
    },
  );
});

describe('collecting a whole body', () => {
  test('gives head and bytes, or says that it is too large, stated or not, and hangs up', async () => {
    const site = await nodeOrigin((req, res) => {
      if (req.url === '/stated') res.setHeader('Content-Length', 2_000);
      else res.write('');
      res.end(Buffer.alloc(2_000, 'a'));
    });
    const origin = originFor(site);
    expect(await collect(origin, request('/a'), { maxBytes: 2_000 })).toMatchObject({
      kind: 'ok',
      head: { status: 200 },
      body: Buffer.alloc(2_000, 'a'),
    });
    for (const target of ['/stated', '/unstated']) {
      expect(await collect(origin, request(target), { maxBytes: 1_999 })).toMatchObject({
        kind: 'too-large',
        head: { status: 200 },
      });
    }
    expect(await collect(origin, request('/stated', { method: 'HEAD' }), { maxBytes: 1 })).toMatchObject({
      kind: 'ok',
    });
  });

  test('gives the fault, with the head when there was one', async () => {
    const site = await answering('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhel');
    expect(await collect(originFor(site), request('/a'), { maxBytes: 10 })).toMatchObject({
      kind: 'fault',
      fault: 'broken-off',
      head: { status: 200 },
    });
  });

  test('is given up when the signal says so, before or in the middle', async () => {
    const site = await answering('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhel');
    const origin = originFor(site);
    expect(await collect(origin, request('/a'), { maxBytes: 10, signal: AbortSignal.abort() })).toMatchObject(
      { kind: 'fault' },
    );
    expect(
      await collect(origin, request('/a'), { maxBytes: 10, signal: AbortSignal.timeout(100) }),
    ).toMatchObject({ kind: 'fault', fault: 'broken-off' });
    await origin.close();
    expect(await eventually(() => site.sockets.size === 0)).toBe(true);
  });
});
